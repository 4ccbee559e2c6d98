package io.sluice.engine.partition;

import io.sluice.engine.partition.PartitionFact.Checkpointed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When a partition writes down what it knows. Owned by its partition.
///
/// A checkpoint is drawn up at once and handed out when all the batches that it speaks of are durable: the state log must not know
/// what a crash can still take from the tail. Its price is its own bytes; it is due when a multiple of them was appended, so that writing
/// checkpoints stays a small part of all writing, and a restart has little to read.
final class Checkpoints {
    static final long BYTES_BETWEEN = 16 * 1024 * 1024;
    private static final int TIMES_ITS_SIZE = 16;

    /// The tail is trimmed only up to the last checkpoint: it holds what recovery needs. So much held back makes one due.
    private static final long HELD_BACK_BYTES = 1024 * 1024;

    private final PartitionLog log;
    private final Producers producers;
    private long position;
    private long start;
    private long sizeOfLast;
    private @Nullable PartitionCheckpoint drawn;
    private boolean journalling;
    private boolean held;

    Checkpoints(PartitionLog log, Producers producers, PartitionCheckpoint last) {
        this.log = log;
        this.producers = producers;
        this.position = last.tailPosition();
        this.start = last.startOffset();
    }

    /// Up to where in the tail the last durable checkpoint holds.
    long position() {
        return position;
    }

    long bytesBehind() {
        return log.nextPosition - position;
    }

    Optional<Checkpointed> due() {
        if (held || journalling) {
            return Optional.empty();
        }
        if (drawn == null && isDue()) {
            drawn = draw();
        }
        return handOut();
    }

    Optional<Checkpointed> now() {
        if (held || journalling) {
            return Optional.empty();
        }
        if (drawn == null && (log.nextPosition != position || log.start != start)) {
            drawn = draw();
        }
        return handOut();
    }

    Optional<Checkpointed> renewed() {
        if (held || journalling) {
            return Optional.empty();
        }
        if (drawn == null) {
            drawn = draw();
        }
        return handOut();
    }

    private boolean isDue() {
        long heldBack = Math.min(log.nextPosition, log.tailNeededFrom()) - position;
        return heldBack >= HELD_BACK_BYTES
                || bytesBehind() >= Math.max(BYTES_BETWEEN, TIMES_ITS_SIZE * sizeOfLast);
    }

    private Optional<Checkpointed> handOut() {
        if (drawn == null || drawn.nextOffset() > log.highWatermark()) {
            return Optional.empty();
        }
        // The start may have moved since it was drawn, by a fact that this one makes superfluous.
        var fact = new Checkpointed(drawn.after(new PartitionFact.StartMoved(log.start)));
        sizeOfLast = fact.encodedBytes();
        drawn = null;
        journalling = true;
        return Optional.of(fact);
    }

    private PartitionCheckpoint draw() {
        var clean = log.clean;
        return new PartitionCheckpoint(
                log.start,
                log.next,
                log.nextPosition,
                log.tail.start,
                log.generation,
                clean == null ? 0 : clean.endOffset,
                clean == null ? 0 : clean.end,
                log.tail.index.copy(),
                clean == null ? new OffsetIndex() : clean.index.copy(),
                producers.copy(),
                log.references.copy());
    }

    void apply(PartitionCheckpoint durable) {
        position = durable.tailPosition();
        start = durable.startOffset();
        journalling = false;
    }

    /// Hands out none until [#release]: a compaction's fact is under way, and a checkpoint that does not know it must not come behind it.
    void hold() {
        held = true;
        drawn = null;
    }

    void release() {
        held = false;
    }
}
