package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.Log;
import io.sluice.engine.partition.Compaction;
import java.util.function.Function;
import java.util.stream.LongStream;

/// Gives back what queues have consumed between messages that they have not: one old message does not keep the million behind it. What is still
/// needed is rewritten, and the rest goes. Owned by its shard's loop.
final class QueueSpace {
    private QueueSpace() {}

    /// Whether most of what lies before the first message that was never handed out is consumed, and worth giving back.
    static boolean isMostlyDead(Shard shard, HostedPartition hosted) {
        if (!hosted.settings().keepsUntilConsumed()
                || hosted.queues.isEmpty()
                || shard.queues().unread().isOn(hosted)) {
            return false;
        }
        long live = 0;
        for (var queue : hosted.queues) {
            if (queue.state().hasPriorities()) {
                return false;
            }
            live += queue.state().exceptions();
        }
        return hosted.partition().isMostlyDead(end(hosted), live);
    }

    /// Begins to rewrite what is needed.
    static Compaction compact(HostedPartition hosted, Log target, Function<Buffer, Chunk> chunk) {
        long end = end(hosted);
        return hosted.partition().keepOnly(target, chunk, end, liveBefore(hosted, end));
    }

    /// Begins to write out what is needed, so that it does not keep the body log from being trimmed.
    static Compaction writeOut(
            Shard shard, HostedPartition hosted, Log target, Function<Buffer, Chunk> chunk) {
        boolean all = keepsAll(shard, hosted);
        long allFrom = all ? hosted.partition().startOffset() : end(hosted);
        var live = all ? new long[0] : liveBefore(hosted, allFrom);
        return hosted.partition().writeOut(target, chunk, live, allFrom);
    }

    /// About how many bytes are still needed.
    static long liveBytes(Shard shard, HostedPartition hosted) {
        long bytes = hosted.partition().bytes();
        long offsets = hosted.partition().highWatermark() - hosted.partition().startOffset();
        if (offsets <= 0 || keepsAll(shard, hosted)) {
            return bytes;
        }
        long live = hosted.partition().highWatermark() - end(hosted);
        for (var queue : hosted.queues) {
            live += queue.state().exceptions();
        }
        return (long) (bytes * Math.min(1, (double) live / offsets));
    }

    /// What is consumed among what is not is not known well enough to be left out.
    private static boolean keepsAll(Shard shard, HostedPartition hosted) {
        return hosted.queues.isEmpty()
                || shard.queues().unread().isOn(hosted)
                || hosted.queues.stream().anyMatch(queue -> queue.state().hasPriorities());
    }

    private static long[] liveBefore(HostedPartition hosted, long end) {
        return hosted.queues.stream()
                .flatMapToLong(queue -> LongStream.of(queue.state().exceptionsBefore(end)))
                .sorted()
                .distinct()
                .toArray();
    }

    /// Behind it every queue needs everything.
    private static long end(HostedPartition hosted) {
        long end = hosted.partition().highWatermark();
        for (var queue : hosted.queues) {
            end = Math.min(end, queue.state().fresh());
        }
        return end;
    }
}
