package io.sluice.engine.shard;

import java.util.stream.LongStream;

/// What it means to a queue that its partition starts later than before. Owned by its shard's loop.
final class StartMoves {
    private final HostedQueue queue;

    /// Where the partition began when it was looked at last.
    private long start = -1;

    StartMoves(HostedQueue queue) {
        this.queue = queue;
    }

    /// Records were deleted under it, by retention or by a Kafka client, or because no queue needs them.
    void look() {
        long to = queue.partition().partition().startOffset();
        if (to == start) {
            return;
        }
        start = to;
        if (queue.settings().retentionMillis() >= 0) {
            settleBefore(to);
        }
        long before = queue.ready();
        queue.state().startMoved(to);
        if (queue.state().hasPriorities() && queue.ready() < before) {
            // Facts that follow speak of lanes without what is gone.
            queue.facts().startMoved(to);
        }
        if (queue.settings().bytesMax() >= 0 && queue.ready() < before) {
            queue.readyBytes().count(queue.highWatermark());
        }
    }

    /// Of a queue whose messages have their time, what is deleted is gone from whoever has it, too.
    private void settleBefore(long to) {
        var deleted = LongStream.builder();
        queue.state()
                .leases()
                .forEach(
                        (offset, _, _, _, _) -> {
                            if (offset < to) {
                                deleted.add(offset);
                            }
                        });
        deleted.build().sorted().forEach(queue::settled);
    }
}
