package io.sluice.engine.shard;

import io.sluice.broker.PartitionId;
import java.util.List;

/// Which shard owns which partition. The partitions of one topic go round the shards, from one that the topic's id picks.
final class ShardMap {
    private final List<Shard> shards;

    ShardMap(List<Shard> shards) {
        this.shards = List.copyOf(shards);
    }

    List<Shard> all() {
        return shards;
    }

    Shard at(int index) {
        return shards.get(index);
    }

    Shard owner(PartitionId partition) {
        return shards.get(index(partition));
    }

    /// The number of the shard that owns it.
    int index(PartitionId partition) {
        return Math.floorMod(partition.topic().hashCode() + partition.index(), shards.size());
    }
}
