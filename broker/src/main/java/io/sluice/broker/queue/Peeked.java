package io.sluice.broker.queue;

import java.nio.ByteBuffer;
import java.util.List;

/// What somebody saw who looked at a part of a queue.
///
/// @param messages in the order of the log
public record Peeked(QueueStatus status, List<Seen> messages) {
    public Peeked {
        messages = List.copyOf(messages);
    }

    /// What a message waits for.
    public enum State {
        /// A consumer.
        READY,
        /// Whoever holds it.
        LEASED,
        /// Its time.
        DELAYED
    }

    /// One message.
    ///
    /// @param offset in the queue's topic
    /// @param handedOut how often
    /// @param untilMillis when a lease ends or a delayed message becomes ready, wall clock; 0: that is not known, or it is ready
    /// @param batch an uncompressed record batch, whole; nobody changes it or moves its position, and the garbage collector owns it
    /// @param at where in `batch` the record (its length) begins
    public record Seen(
            State state, long offset, int handedOut, long untilMillis, ByteBuffer batch, int at) {}
}
