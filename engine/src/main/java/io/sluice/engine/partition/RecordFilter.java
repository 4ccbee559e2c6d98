package io.sluice.engine.partition;

import io.sluice.broker.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/// Decides what a compaction keeps.
interface RecordFilter {
    /// The batch as it shall be stored: the same object when nothing changes, null when nothing of it is left.
    @Nullable RecordBatch kept(RecordBatch batch);
}
