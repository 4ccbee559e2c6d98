package io.sluice.engine.shard;

import io.sluice.broker.PartitionId;
import io.sluice.engine.partition.LogNames;
import io.sluice.engine.partition.Partition;
import io.sluice.engine.partition.PartitionCheckpoint;
import io.sluice.engine.partition.TopicSettings;
import java.io.IOException;

/// How a partition comes up from its logs: at a start, when its topic is created, and after an append to it has failed.
final class PartitionOpening {
    private PartitionOpening() {}

    /// Opens it and takes it in.
    static void host(
            Shard shard, PartitionId id, TopicSettings settings, PartitionCheckpoint checkpoint)
            throws IOException {
        var store = shard.store();
        var tail = store.open(LogNames.tail(id));
        var clean =
                checkpoint.generation() == 0
                        ? null
                        : store.open(LogNames.clean(id, checkpoint.generation()));
        var partition = Partition.open(id, settings, tail, clean, checkpoint, shard.nowMillis());
        var hosted = shard.partition(id);
        if (hosted == null) {
            shard.host(new HostedPartition(partition, settings, tail));
        } else {
            hosted.reopened(partition, tail);
        }
    }
}
