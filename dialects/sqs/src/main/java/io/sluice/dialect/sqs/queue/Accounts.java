package io.sluice.dialect.sqs.queue;

import io.sluice.broker.queue.Queue;

/// Accounts are namespaces. The one that everybody has is the default namespace, whose queues AMQP clients find in `/` and Kafka clients under their names.
public final class Accounts {
    public static final String DEFAULT = "000000000000";

    private Accounts() {}

    public static String namespace(String account) {
        return account.equals(DEFAULT) ? Queue.DEFAULT_NAMESPACE : account;
    }

    public static String account(String namespace) {
        return namespace.equals(Queue.DEFAULT_NAMESPACE) ? DEFAULT : namespace;
    }
}
