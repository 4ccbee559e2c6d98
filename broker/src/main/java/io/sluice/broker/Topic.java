package io.sluice.broker;

import io.sluice.base.Interner;
import java.util.Map;
import java.util.UUID;

/// A named set of partitions with its settings, as it is at one moment.
///
/// @param partitions how many, 1 or more
/// @param config the settings that were set, by Kafka's names; what is missing has its default
/// @param createdMillis when it was created, wall clock
public record Topic(
        UUID id, String name, int partitions, Map<String, String> config, long createdMillis) {
    private static final Interner<Map<String, String>> CONFIGS = new Interner<>();

    public Topic {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has at least one partition: " + partitions);
        }
        config = CONFIGS.intern(Map.copyOf(config));
    }

    public PartitionId partition(int index) {
        return new PartitionId(id, index);
    }
}
