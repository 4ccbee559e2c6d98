package io.sluice.broker;

import java.util.List;

/// What a partition holds at one moment.
///
/// @param bytes stored, that is between start and end
public record PartitionStatus(
        long startOffset, long highWatermark, long bytes, List<Producer> producers) {
    public PartitionStatus {
        producers = List.copyOf(producers);
    }

    /// A producer that the partition remembers.
    public record Producer(long id, short epoch, int lastSequence, long lastTimestampMillis) {}
}
