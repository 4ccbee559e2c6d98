package io.sluice.broker.policy;

import java.util.Locale;

/// The places where a queue's settings stand, the strongest first.
public enum PolicySource {
    /// The queue's attributes: set by the admin API, the command line, SQS, or a file.
    ATTRIBUTE,
    /// What AMQP declared the queue with.
    ARGUMENT,
    /// The RabbitMQ policy that applies to the queue.
    POLICY,
    /// The configs of the Kafka share group that the queue is.
    GROUP,
    /// The configs of the topic that the queue is on.
    TOPIC,
    /// Nobody has set it.
    DEFAULT;

    /// For people: `attribute`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
