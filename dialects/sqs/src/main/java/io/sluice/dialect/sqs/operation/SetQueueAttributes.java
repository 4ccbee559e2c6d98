package io.sluice.dialect.sqs.operation;

import io.sluice.broker.CatalogChange;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueAttributes;
import io.sluice.dialect.sqs.queue.EngineAttributes;
import io.sluice.dialect.sqs.queue.SqsQueue;

/// Sets some of a queue's attributes; the others stay.
final class SetQueueAttributes {
    private SetQueueAttributes() {}

    static void run(Call call, Operation.SetQueueAttributes asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    var refusal =
                            QueueAttributes.checkChange(asked.attributes(), queue.isFifo())
                                    .or(
                                            () ->
                                                    RedriveRules.refusal(
                                                            call,
                                                            call.account(asked.queue()),
                                                            queue.name(),
                                                            asked.attributes()));
                    if (refusal.isPresent()) {
                        call.refuse(refusal.get());
                    } else {
                        store(call, queue, queue.settings().with(asked.attributes()));
                    }
                });
    }

    /// Keeps other settings with the queue from now on.
    static void store(Call call, SqsQueue queue, QueueAttributes settings) {
        call.change(
                CatalogChange.AdjustQueue.between(
                        queue.queue().id(),
                        queue.queue().attributes(),
                        EngineAttributes.changed(
                                queue, settings, queue.tags(), call.services().clock().millis())),
                call::done);
    }
}
