package io.sluice.engine.log.embedded;

import java.util.concurrent.atomic.LongAdder;

/// What the store did so far. Counted by its threads, read by any.
public final class Counters {
    private final LongAdder chunks = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder forces = new LongAdder();
    private final LongAdder journalBytes = new LongAdder();
    private final LongAdder settledBytes = new LongAdder();

    /// Chunks that became durable.
    public long chunks() {
        return chunks.sum();
    }

    /// Commit batches written.
    public long batches() {
        return batches.sum();
    }

    /// Batches that were forced.
    public long forces() {
        return forces.sum();
    }

    /// Bytes written to the journal.
    public long journalBytes() {
        return journalBytes.sum();
    }

    /// Bytes copied from the journal to segments.
    public long settledBytes() {
        return settledBytes.sum();
    }

    void committed(int count, long bytes) {
        chunks.add(count);
        batches.increment();
        journalBytes.add(bytes);
    }

    void forced() {
        forces.increment();
    }

    void settled(long bytes) {
        settledBytes.add(bytes);
    }
}
