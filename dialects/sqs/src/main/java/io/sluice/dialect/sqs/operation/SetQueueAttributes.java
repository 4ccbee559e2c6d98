package io.sluice.dialect.sqs.operation;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.policy.PolicyAttributes;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueAttribute;
import io.sluice.dialect.sqs.protocol.QueueAttributes;
import io.sluice.dialect.sqs.protocol.RedrivePolicy;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.EngineAttributes;
import io.sluice.dialect.sqs.queue.QueuePolicies;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.Map;
import java.util.Optional;

/// Sets some of a queue's attributes; the others stay.
final class SetQueueAttributes {
    private SetQueueAttributes() {}

    static void run(Call call, Operation.SetQueueAttributes asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    var refusal =
                            QueueAttributes.checkChange(asked.attributes(), queue.isFifo())
                                    .or(() -> queue.settings().checkBeside(asked.attributes()))
                                    .or(
                                            () ->
                                                    RedriveRules.refusal(
                                                            call,
                                                            call.account(asked.queue()),
                                                            queue.name(),
                                                            asked.attributes()))
                                    .or(
                                            () ->
                                                    QueuePolicies.problemOf(
                                                                    policy(call, queue, asked),
                                                                    call.settings(queue).layers())
                                                            .map(SqsError::invalid));
                    if (refusal.isPresent()) {
                        call.refuse(refusal.get());
                    } else {
                        store(
                                call,
                                queue,
                                queue.settings().with(asked.attributes()),
                                policy(call, queue, asked));
                    }
                });
    }

    /// What a RedrivePolicy changes in the queue's policy; nothing without one.
    private static Map<PolicySetting, Optional<String>> policy(
            Call call, SqsQueue queue, Operation.SetQueueAttributes asked) {
        var text = asked.attributes().get(QueueAttribute.REDRIVE_POLICY.wireName());
        return text == null
                ? Map.of()
                : QueuePolicies.redriveChanges(
                        text.isEmpty() ? Optional.empty() : RedrivePolicy.parse(text).policy(),
                        call.settings(queue).layers());
    }

    static void store(Call call, SqsQueue queue, QueueAttributes settings) {
        store(call, queue, settings, Map.of());
    }

    /// Keeps other settings with the queue from now on.
    private static void store(
            Call call,
            SqsQueue queue,
            QueueAttributes settings,
            Map<PolicySetting, Optional<String>> policy) {
        var attributes =
                EngineAttributes.changed(
                        queue, settings, queue.tags(), call.services().clock().millis());
        call.change(
                CatalogChange.AdjustQueue.between(
                        queue.queue().id(),
                        queue.queue().attributes(),
                        PolicyAttributes.of(policy).appliedTo(attributes)),
                call::done);
    }
}
