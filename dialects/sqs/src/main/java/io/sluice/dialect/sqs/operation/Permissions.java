package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueAttribute;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.PolicyText;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.Map;

/// Statements of a queue's policy, added and taken away by their labels.
final class Permissions {
    private static final String POLICY = QueueAttribute.POLICY.wireName();

    private Permissions() {}

    static void add(Call call, Operation.AddPermission asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    var policy = policy(call, queue, call.account(asked.queue()));
                    if (policy.has(asked.label())) {
                        call.refuse(SqsError.labelExists(asked.label()));
                        return;
                    }
                    var arn = call.caller().arn(call.account(asked.queue()), queue.name()).text();
                    store(
                            call,
                            queue,
                            policy.with(asked.label(), asked.accounts(), asked.actions(), arn));
                });
    }

    static void remove(Call call, Operation.RemovePermission asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    var policy = policy(call, queue, call.account(asked.queue()));
                    if (policy.has(asked.label())) {
                        store(call, queue, policy.without(asked.label()));
                    } else {
                        call.refuse(SqsError.labelNotFound(asked.label()));
                    }
                });
    }

    private static PolicyText policy(Call call, SqsQueue queue, String account) {
        return queue.settings()
                .value(QueueAttribute.POLICY)
                .map(PolicyText::of)
                .orElseGet(
                        () -> PolicyText.empty(call.caller().arn(account, queue.name()).text()));
    }

    private static void store(Call call, SqsQueue queue, PolicyText policy) {
        SetQueueAttributes.store(
                call, queue, queue.settings().with(Map.of(POLICY, policy.text())));
    }
}
