package io.sluice.engine.partition;

import io.sluice.engine.partition.PartitionFact.Checkpointed;
import io.sluice.engine.partition.PartitionFact.Compacted;
import io.sluice.engine.partition.PartitionFact.StartMoved;

/// What a partition knows, at one position of its tail: enough to open it without reading what lies before. Immutable: whoever opens a
/// partition from it copies what it changes.
///
/// @param startOffset first offset that is kept
/// @param nextOffset the offset behind the batch that ends at `tailPosition`
/// @param tailPosition up to where in the tail log this holds
/// @param tailStart where in the tail log the first batch lies that is not in the clean log
/// @param generation of the clean log, 0 when there is none
/// @param cleanBefore the clean log holds everything before this offset; 0 when there is none
/// @param cleanBytes length of the clean log
/// @param references what of the body logs is needed
public record PartitionCheckpoint(
        long startOffset,
        long nextOffset,
        long tailPosition,
        long tailStart,
        long generation,
        long cleanBefore,
        long cleanBytes,
        OffsetIndex tailIndex,
        OffsetIndex cleanIndex,
        Producers producers,
        BodyIndex references) {

    /// A partition that nothing was ever written to.
    public static PartitionCheckpoint empty() {
        return new PartitionCheckpoint(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                new OffsetIndex(),
                new OffsetIndex(),
                new Producers(),
                new BodyIndex());
    }

    /// This checkpoint with a later fact of the state log taken into account.
    public PartitionCheckpoint after(PartitionFact fact) {
        return switch (fact) {
            case StartMoved(long offset) -> startingAt(offset);
            case Compacted compacted -> after(compacted);
            case Checkpointed(var later) -> later.startingAt(startOffset);
        };
    }

    private PartitionCheckpoint startingAt(long offset) {
        return offset <= startOffset
                ? this
                : new PartitionCheckpoint(
                        offset,
                        nextOffset,
                        tailPosition,
                        tailStart,
                        generation,
                        cleanBefore,
                        cleanBytes,
                        tailIndex,
                        cleanIndex,
                        producers,
                        references);
    }

    private PartitionCheckpoint after(Compacted fact) {
        var index = tailIndex.copy();
        if (fact.tailPosition() >= tailPosition) {
            index.clear();
        } else {
            index.startAt(fact.before(), fact.tailPosition());
        }
        var remaining = references.copy();
        remaining.dropBefore(fact.before());
        return new PartitionCheckpoint(
                startOffset,
                nextOffset,
                tailPosition,
                fact.tailPosition(),
                fact.generation(),
                fact.before(),
                fact.bytes(),
                index,
                fact.index(),
                producers,
                remaining);
    }
}
