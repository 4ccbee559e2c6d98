package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.BatchFailure;
import io.sluice.dialect.sqs.protocol.MessageToSend;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Sends some messages, each of which is taken or refused for itself.
final class SendMessageBatch {
    private SendMessageBatch() {}

    static void run(Call call, Operation.SendMessageBatch asked) {
        call.withQueue(
                asked.queue(),
                queue -> {
                    var refusal = refusalOfAll(queue, asked);
                    if (refusal != null) {
                        call.refuse(refusal);
                        return;
                    }
                    new Sending(call, queue)
                            .send(
                                    asked.entries(),
                                    outcomes -> {
                                        var failed = new ArrayList<BatchFailure>(asked.refused());
                                        failed.addAll(outcomes.failed());
                                        call.done(
                                                new Result.SentBatch(
                                                        outcomes.successful(), failed));
                                    });
                });
    }

    /// In a FIFO queue one message without its ids spoils the whole call.
    private static @Nullable SqsError refusalOfAll(
            SqsQueue queue, Operation.SendMessageBatch asked) {
        if (!queue.isFifo()) {
            return null;
        }
        for (var entry : asked.entries()) {
            MessageToSend message = entry.value();
            if (message.groupId().isEmpty()) {
                return SqsError.groupIdMissingInBatch();
            }
            if (message.deduplicationId().isEmpty() && !queue.settings().contentBasedDeduplication()) {
                return SqsError.deduplicationIdMissing();
            }
        }
        return null;
    }
}
