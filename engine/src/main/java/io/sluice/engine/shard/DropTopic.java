package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import io.sluice.engine.partition.LogNames;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets go of the partitions of deleted topics and the parts of deleted queues at once, and of their logs step by step. Logs that a crash leaves over are
/// found at the next start.
record DropTopic(ShardMap shards, List<Topic> topics, List<GoneQueue> queues) implements Command {
    private static final Logger log = LoggerFactory.getLogger(DropTopic.class);
    private static final int LOGS_PER_STEP = 16;

    /// A deleted queue and how many parts it had.
    record GoneQueue(Queue queue, int parts) {}

    @Override
    public void run(Shard shard) {
        for (var queue : queues) {
            // Parts that this shard does not own are not there.
            for (int index = 0; index < queue.parts(); index++) {
                shard.queues().drop(queue.queue().part(index).stateId());
            }
        }
        var logs = new ArrayDeque<String>();
        for (var topic : topics) {
            for (int index = 0; index < topic.partitions(); index++) {
                var id = topic.partition(index);
                if (shards.index(id) == shard.index()) {
                    drop(shard, id, logs);
                }
            }
        }
        if (!logs.isEmpty()) {
            shard.background().add(_ -> delete(shard, logs));
        }
    }

    /// Only when the shard has ended: the next start deletes them.
    @Override
    public void refuse(BrokerError error) {}

    private static void drop(Shard shard, PartitionId id, ArrayDeque<String> logs) {
        logs.add(LogNames.tail(id));
        var hosted = shard.partition(id);
        if (hosted != null) {
            shard.drop(hosted);
            long generation = hosted.partition().nextGeneration() - 1;
            if (generation > 0) {
                logs.add(LogNames.clean(id, generation));
            }
        }
        shard.reopening().forget(id);
    }

    /// Deletes a few of `logs`.
    ///
    /// @return whether some are left
    static boolean delete(Shard shard, ArrayDeque<String> logs) {
        for (int deleted = 0; deleted < LOGS_PER_STEP && !logs.isEmpty(); deleted++) {
            var name = logs.remove();
            try {
                shard.store().delete(name);
            } catch (IOException e) {
                log.warn("log {} is left over until the next start: {}", name, e.getMessage());
            }
        }
        return !logs.isEmpty();
    }
}
