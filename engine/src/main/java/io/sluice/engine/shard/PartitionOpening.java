package io.sluice.engine.shard;

import io.sluice.broker.PartitionId;
import io.sluice.engine.partition.LogNames;
import io.sluice.engine.partition.Partition;
import io.sluice.engine.partition.PartitionCheckpoint;
import io.sluice.engine.partition.TopicSettings;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a partition comes up from its logs: at a start, when its topic is created, and after an append to it has failed.
final class PartitionOpening {
    private static final Logger log = LoggerFactory.getLogger(PartitionOpening.class);

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
        var partition =
                Partition.open(
                        id, settings, tail, clean, shard.bodies(), checkpoint, shard.nowMillis());
        for (var damage : partition.damages()) {
            log.error(
                    "partition {} is damaged from position {} to {}: offsets {} to {} are lost",
                    id,
                    damage.position(),
                    damage.end(),
                    damage.firstOffset(),
                    damage.nextOffset() - 1);
        }
        var hosted = shard.partition(id);
        if (hosted == null) {
            hosted = new HostedPartition(partition, settings, tail);
            shard.host(hosted);
        } else {
            hosted.reopened(partition, tail);
        }
        if (partition.bodyLogs().findAny().isPresent()) {
            shard.bodies().refers(hosted);
        }
    }
}
