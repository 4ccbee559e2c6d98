package io.sluice.engine.shard;

import io.sluice.base.Millis;

/// How old a queue's messages may become (`x-sluice-retention`): older ones are gone for good, also those that somebody has, and are no dead letters. So a lease
/// ends no later than its message does. Owned by its shard's loop.
final class QueueRetention {
    private QueueRetention() {}

    /// When the time of the record that the reader stands on is over, wall clock; `Long.MAX_VALUE` for never.
    static long endsMillis(HostedQueue queue) {
        long retention = queue.settings().retentionMillis();
        long timestamp = retention < 0 ? -1 : queue.reader().at().timestamp();
        return timestamp < 0 ? Long.MAX_VALUE : Millis.after(timestamp, retention);
    }

    /// When a lease of the record that the reader stands on ends by itself.
    ///
    /// @param deadlineMillis wished for, wall clock; 0: never
    static long deadlineMillis(HostedQueue queue, long deadlineMillis) {
        return deadlineMillis == 0 ? 0 : Math.min(deadlineMillis, endsMillis(queue));
    }

    /// The same for a message that may lie anywhere.
    static long deadlineMillis(HostedQueue queue, long offset, long deadlineMillis) {
        return queue.settings().retentionMillis() >= 0 && stands(queue, offset)
                ? deadlineMillis(queue, deadlineMillis)
                : deadlineMillis;
    }

    /// Whether the time of a message is over, or its record was deleted.
    static boolean isOver(HostedQueue queue, long offset, long nowMillis) {
        if (queue.settings().retentionMillis() < 0) {
            return false;
        }
        return stands(queue, offset)
                ? endsMillis(queue) <= nowMillis
                : queue.reader().failure() == null;
    }

    private static boolean stands(HostedQueue queue, long offset) {
        return queue.reader().seek(offset) && queue.reader().offset() == offset;
    }
}
