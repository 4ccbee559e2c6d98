package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.MessageToSend;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.Optional;

/// What a queue demands of a message.
final class SendRules {
    private SendRules() {}

    /// Why the queue does not take it; empty when it does.
    static Optional<SqsError> refusal(SqsQueue queue, MessageToSend message) {
        if (message.bytes() > queue.settings().messageBytesMax()) {
            return Optional.of(SqsError.messageTooLong(queue.settings().messageBytesMax()));
        }
        return queue.isFifo() ? fifo(queue, message) : Optional.empty();
    }

    private static Optional<SqsError> fifo(SqsQueue queue, MessageToSend message) {
        int delay = message.delaySeconds().orElse(0);
        if (delay > 0) {
            return Optional.of(SqsError.notForThisQueueType(delay, "DelaySeconds"));
        }
        if (message.groupId().isEmpty()) {
            return Optional.of(SqsError.groupIdMissing());
        }
        return message.deduplicationId().isEmpty() && !queue.settings().contentBasedDeduplication()
                ? Optional.of(SqsError.deduplicationIdMissing())
                : Optional.empty();
    }
}
