package io.sluice.engine.partition;

import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Unpacked;
import java.io.IOException;

/// A compaction's first walk: over the tail, noting the last offset of every key, up to the point before which records will be
/// compacted. That point is the high watermark at the beginning, or the first batch that is too young, or where the table of keys
/// is full: the rest waits for the next compaction.
final class DirtyKeys {
    final KeyOffsets offsets = new KeyOffsets();
    private final BatchScan scan;
    private final long youngestMillis;
    private final long end;
    private final boolean noting;
    private final long start;
    private final long from;
    private long position;
    private long before;

    /// @param youngestMillis batches with younger records are not compacted yet
    /// @param end batches that reach to this offset or beyond it are not compacted yet
    /// @param noting whether keys are of interest
    /// @param before the offset where the tail begins
    DirtyKeys(PartitionLog log, long youngestMillis, long end, boolean noting, long before) {
        this.scan =
                new BatchScan(
                        log.tail.log,
                        log.bodies,
                        log.tailNeededFrom(),
                        log.tail.end,
                        Compaction.WINDOW_BYTES);
        this.youngestMillis = youngestMillis;
        this.end = end;
        this.noting = noting;
        this.start = log.start;
        this.from = log.tailNeededFrom();
        this.position = from;
        this.before = before;
    }

    /// Walks over about `maxBytes`; false when the point is found.
    boolean step(int maxBytes) throws IOException {
        for (long walked = 0; walked < maxBytes; walked += scan.header().bytes()) {
            if (!scan.next()
                    || scan.header().maxTimestamp() > youngestMillis
                    || scan.header().lastOffset() >= end
                    || isFull()) {
                return false;
            }
            if (noting) {
                note(scan);
            }
            position = scan.following();
            before = scan.header().nextOffset();
        }
        return true;
    }

    private boolean isFull() {
        return offsets.size() > 0 && !offsets.hasRoomFor(scan.header().count());
    }

    private void note(BatchScan scan) throws IOException {
        var batch = scan.intact();
        if (batch != null && !batch.isControl() && batch.lastOffset() >= start) {
            note(batch);
        }
    }

    private void note(RecordBatch batch) {
        if (Unpacked.of(batch, BatchTimes.UNPACKED_BYTES_MAX)
                instanceof Unpacked.Intact(var records)) {
            while (records.next()) {
                var key = records.key();
                if (key != null) {
                    offsets.put(key, records.offset());
                }
            }
        }
    }

    /// Where in the tail the walk began.
    long from() {
        return from;
    }

    /// Where in the tail the first batch lies that is not compacted.
    long position() {
        return position;
    }

    /// Its offset.
    long before() {
        return before;
    }
}
