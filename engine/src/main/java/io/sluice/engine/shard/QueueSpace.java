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
        var live =
                hosted.queues.stream()
                        .flatMapToLong(queue -> LongStream.of(queue.state().exceptionsBefore(end)))
                        .sorted()
                        .distinct()
                        .toArray();
        return hosted.partition().keepOnly(target, chunk, end, live);
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
