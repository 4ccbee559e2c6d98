package io.sluice.broker.queue;

/// Somebody looks at a queue's messages without taking them: no lease, no try, nothing that its consumers would notice.
///
/// @param from the first offset to show
/// @param messagesMax at least 1
/// @param bytesMax of bodies; the first message may exceed it
public record Peek(long from, int messagesMax, long bytesMax) {
    public Peek {
        if (messagesMax < 1) {
            throw new IllegalArgumentException("at least one message: " + messagesMax);
        }
    }
}
