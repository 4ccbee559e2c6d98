package io.sluice.broker.queue;

import io.sluice.broker.PartitionId;
import java.util.UUID;

/// A queue's state over one partition of its topic. Part 0 is also the queue's home: it counts consumers and decides when the
/// queue expires.
///
/// @param index of the partition, 0 or more
public record QueuePart(UUID queue, UUID topic, int index) {
    public PartitionId partition() {
        return new PartitionId(topic, index);
    }

    /// Under which id the shard's state log knows it.
    public PartitionId stateId() {
        return new PartitionId(queue, index);
    }
}
