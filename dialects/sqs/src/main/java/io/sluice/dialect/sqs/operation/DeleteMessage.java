package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.Receipts;
import io.sluice.dialect.sqs.protocol.Operation;

/// Deletes one message.
final class DeleteMessage {
    private DeleteMessage() {}

    static void run(Call call, Operation.DeleteMessage asked) {
        call.withQueue(asked.queue(), queue -> new Settling(call, queue).one(asked.receiptHandle(), new Receipts.Delete()));
    }
}
