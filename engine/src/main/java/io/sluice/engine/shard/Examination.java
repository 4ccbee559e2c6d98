package io.sluice.engine.shard;

import io.sluice.broker.queue.Order;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;

/// Looks into records for what a queue must know of them before they are handed out: priority, delay, length. Owned by its shard's loop.
final class Examination {
    private final HostedQueue queue;
    private final boolean traits;

    /// @param traits whether priorities and delays are of interest, or only lengths
    Examination(HostedQueue queue, boolean traits) {
        this.queue = queue;
        this.traits = traits;
    }

    /// All records of a batch.
    void batch(StoredBatch batch) {
        var records = batch.batch().recordsFrom(RecordBatch.HEADER_BYTES);
        while (records.next()) {
            record(records);
        }
    }

    /// All records from `from` on and before `to`, as the log has them.
    ///
    /// @return how far it came: `to`, or the first that cannot be read
    long log(long from, long to) {
        var reader = queue.reader();
        long offset = from;
        while (offset < to) {
            if (!reader.seek(offset)) {
                return reader.failure() == null ? to : offset;
            }
            if (reader.offset() >= to) {
                return to;
            }
            record(reader.at());
            offset = reader.offset() + 1;
        }
        return to;
    }

    private void record(Records record) {
        long due = 0;
        if (traits) {
            var envelope = QueueReader.envelope(record);
            due = envelope == null ? 0 : Math.max(0, envelope.notBeforeMillis());
            int priority = envelope == null ? 0 : envelope.priority();
            queue.state()
                    .examined(
                            record.offset(),
                            Math.min(priority, queue.settings().priorityMax()),
                            queue.settings().order() == Order.NONE ? 0 : QueueReader.key(record),
                            due);
        }
        if (due == 0) {
            queue.addReadyBytes(Math.max(0, record.valueBytes()));
        }
    }
}
