package io.sluice.engine.partition;

/// What a partition knows, at one position of its tail: enough to open it without reading what lies before. Immutable.
///
/// @param startOffset first offset that is kept
/// @param nextOffset the offset behind the batch that ends at `tailPosition`
/// @param tailPosition up to where in the tail log this holds
/// @param generation of the clean log, 0 when there is none
/// @param cleanBefore the clean log holds everything before this offset; 0 when there is none
public record PartitionCheckpoint(
        long startOffset,
        long nextOffset,
        long tailPosition,
        long generation,
        long cleanBefore,
        long cleanBytes,
        OffsetIndex tailIndex,
        OffsetIndex cleanIndex,
        Producers producers) {

    /// A partition that nothing was ever written to.
    public static PartitionCheckpoint empty() {
        return new PartitionCheckpoint(
                0, 0, 0, 0, 0, 0, new OffsetIndex(), new OffsetIndex(), new Producers());
    }

    /// This checkpoint with a later fact of the state log taken into account.
    public PartitionCheckpoint after(PartitionFact fact) {
        throw new UnsupportedOperationException();
    }
}
