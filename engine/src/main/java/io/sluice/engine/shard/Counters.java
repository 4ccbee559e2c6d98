package io.sluice.engine.shard;

import java.util.concurrent.atomic.AtomicLong;

/// What a shard has done. Written by its loop alone, read by anybody: each number is right by itself.
final class Counters {
    private final AtomicLong appendedBatches = new AtomicLong();
    private final AtomicLong appendedRecords = new AtomicLong();
    private final AtomicLong appendedBytes = new AtomicLong();
    private final AtomicLong fetchedBytes = new AtomicLong();
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong busyNanos = new AtomicLong();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicLong partitions = new AtomicLong();

    void appended(int records, long bytes) {
        add(appendedBatches, 1);
        add(appendedRecords, records);
        add(appendedBytes, bytes);
    }

    void fetched(long bytes) {
        add(fetchedBytes, bytes);
    }

    void turned(long nanos) {
        add(turns, 1);
        add(busyNanos, nanos);
    }

    /// Bytes handed to the store (or, negative, come back from it).
    void pending(long bytes) {
        add(pendingBytes, bytes);
    }

    long pendingBytes() {
        return pendingBytes.getPlain();
    }

    void owns(int count) {
        partitions.setOpaque(count);
    }

    ShardStatistics statistics(int shard, Mailbox mailbox) {
        return new ShardStatistics(
                shard,
                appendedBatches.getOpaque(),
                appendedRecords.getOpaque(),
                appendedBytes.getOpaque(),
                fetchedBytes.getOpaque(),
                mailbox.refused(),
                turns.getOpaque(),
                busyNanos.getOpaque(),
                mailbox.size(),
                pendingBytes.getOpaque(),
                partitions.getOpaque());
    }

    /// There is one writer, so no atomic addition is needed.
    private static void add(AtomicLong counter, long amount) {
        counter.setOpaque(counter.getPlain() + amount);
    }
}
