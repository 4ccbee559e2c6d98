package io.sluice.broker;

import java.util.UUID;

/// One partition of one topic. The topic's id and not its name: a topic deleted and created again under its old name is
/// another one.
///
/// @param index 0 to the topic's partition count - 1
public record PartitionId(UUID topic, int index) {
    public PartitionId {
        if (index < 0) {
            throw new IllegalArgumentException("a partition's index is 0 or more: " + index);
        }
    }

    @Override
    public String toString() {
        return topic + "-" + index;
    }
}
