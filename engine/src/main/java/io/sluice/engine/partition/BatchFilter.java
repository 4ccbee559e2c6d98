package io.sluice.engine.partition;

import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.broker.record.Unpacked;
import org.jspecify.annotations.Nullable;

/// Decides what compaction keeps of a batch: the last record of every key, and tombstones (records without a value) until their time
/// is up.
///
/// The first compaction that meets a tombstone notes in its batch until when it stays (the delete horizon); a later one drops it.
/// Transaction markers and what cannot be unpacked stay as they are.
///
/// @param start records before this offset are gone already
/// @param deleteRetentionMillis how long tombstones stay after they were first met
record BatchFilter(KeyOffsets offsets, long start, long now, long deleteRetentionMillis)
        implements RecordFilter {
    /// The batch as it shall be stored: the same object when nothing changes, null when nothing of it is left.
    @Override
    public @Nullable RecordBatch kept(RecordBatch batch) {
        if (batch.lastOffset() < start) {
            return null;
        }
        if (batch.isControl() || !(unpacked(batch) instanceof Unpacked.Intact(var records))) {
            return batch;
        }
        int kept = 0;
        int tombstones = 0;
        while (records.next()) {
            if (keeps(batch, records)) {
                kept++;
                tombstones += records.hasValue() ? 0 : 1;
            }
        }
        boolean needsHorizon = tombstones > 0 && !batch.hasDeleteHorizon();
        if (kept == batch.count() && kept > 0 && !needsHorizon) {
            return batch;
        }
        return kept == 0 ? null : rewritten(batch, tombstones > 0);
    }

    /// The batch without its records, so that a reader can step over its offsets.
    static RecordBatch emptied(RecordBatch batch) {
        return BatchBuilder.inPlaceOf(batch, RecordBatch.NO_TIMESTAMP).build();
    }

    private RecordBatch rewritten(RecordBatch batch, boolean hasTombstones) {
        long horizon =
                batch.hasDeleteHorizon() ? batch.baseTimestamp() : now + deleteRetentionMillis;
        var builder =
                BatchBuilder.inPlaceOf(batch, hasTombstones ? horizon : RecordBatch.NO_TIMESTAMP);
        if (unpacked(batch) instanceof Unpacked.Intact(var records)) {
            while (records.next()) {
                if (keeps(batch, records)) {
                    builder.copy(records);
                }
            }
        }
        return builder.build();
    }

    private boolean keeps(RecordBatch batch, Records record) {
        var key = record.key();
        if (key == null || record.offset() < start || offsets.lastOffset(key) > record.offset()) {
            return false;
        }
        return record.hasValue() || !batch.hasDeleteHorizon() || now < batch.baseTimestamp();
    }

    private static Unpacked unpacked(RecordBatch batch) {
        return Unpacked.of(batch, BatchTimes.UNPACKED_BYTES_MAX);
    }
}
