package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.Receipts;
import io.sluice.dialect.sqs.protocol.BatchFailure;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.Result;
import java.util.ArrayList;

/// Deletes some messages, each for itself.
final class DeleteMessageBatch {
    private DeleteMessageBatch() {}

    static void run(Call call, Operation.DeleteMessageBatch asked) {
        call.withQueue(
                asked.queue(),
                queue ->
                        new Settling(call, queue)
                                .settle(
                                        asked.entries(),
                                        new Receipts.Delete(),
                                        batch -> {
                                            var failed =
                                                    new ArrayList<BatchFailure>(asked.refused());
                                            failed.addAll(batch.failed());
                                            call.done(
                                                    new Result.Batch(batch.successful(), failed));
                                        }));
    }
}
