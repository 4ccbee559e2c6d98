package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.Receipts;
import io.sluice.dialect.sqs.protocol.Operation;

/// Hides one message for longer, or for no longer.
final class ChangeMessageVisibility {
    private ChangeMessageVisibility() {}

    static void run(Call call, Operation.ChangeMessageVisibility asked) {
        call.withQueue(asked.queue(), queue -> new Settling(call, queue).one(asked.change().receiptHandle(), new Receipts.Hide(1_000L * asked.change().seconds())));
    }
}
