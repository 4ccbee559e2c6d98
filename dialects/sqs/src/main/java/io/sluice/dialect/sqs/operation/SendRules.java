package io.sluice.dialect.sqs.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.protocol.MessageToSend;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.Optional;

/// What a queue demands of a message.
final class SendRules {
    private SendRules() {}

    /// Why the queue does not take it; empty when it does.
    static Optional<SqsError> refusal(SqsQueue queue, MessageToSend message) {
        if (bytes(message) > queue.settings().messageBytesMax()) {
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

    /// Body and attributes count, names and types too.
    private static long bytes(MessageToSend message) {
        long bytes = utf8Bytes(message.body());
        for (var attribute : message.attributes().entrySet()) {
            bytes += utf8Bytes(attribute.getKey()) + attribute.getValue().dataType().length();
            bytes +=
                    switch (attribute.getValue()) {
                        case MessageAttribute.Text(var _, var value) -> utf8Bytes(value);
                        case MessageAttribute.Binary(var _, var value) -> value.remaining();
                    };
        }
        return bytes;
    }

    private static long utf8Bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
