package io.sluice.engine.partition;

import io.sluice.broker.OffsetQuery.Answer;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.broker.record.Unpacked;
import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The time stamps of one stored batch's records. When the batch cannot be unpacked, its header has to do.
final class BatchTimes {
    private static final int UNPACKED_BYTES_MAX = 256 * 1024 * 1024;

    private final RecordBatch batch;
    private final @Nullable Records records;
    private final long start;

    /// @param scan stands on the batch
    /// @param start records before this offset do not count
    BatchTimes(BatchScan scan, Log log, long start) throws IOException {
        var bytes = ByteBuffer.allocate(scan.header().bytes());
        if (log.read(scan.position(), bytes) < bytes.capacity()) {
            throw new CorruptDataException(
                    "log " + log.name() + " ends within the batch at " + scan.position());
        }
        this.batch = RecordBatch.view(bytes, 0);
        this.start = start;
        this.records =
                switch (Unpacked.of(batch, UNPACKED_BYTES_MAX)) {
                    case Unpacked.Intact(var readable) -> readable;
                    case Unpacked.Malformed _ -> null;
                };
    }

    /// The first record of that time or later; null when there is none.
    @Nullable Answer firstSince(long millis) {
        if (records == null) {
            return header();
        }
        while (records.next()) {
            if (records.offset() >= start && records.timestamp() >= millis) {
                return new Answer(records.offset(), records.timestamp());
            }
        }
        return null;
    }

    /// The newest of the batch's records and `other`, the one with the smaller offset when they are equally new.
    Answer newest(Answer other) {
        if (records == null) {
            return newer(other, header());
        }
        var best = other;
        while (records.next()) {
            if (records.offset() >= start) {
                best = newer(best, new Answer(records.offset(), records.timestamp()));
            }
        }
        return best;
    }

    private static Answer newer(Answer best, Answer found) {
        boolean newer = found.timestampMillis() > best.timestampMillis();
        boolean earlier =
                found.timestampMillis() == best.timestampMillis() && found.offset() < best.offset();
        return newer || (earlier && found.timestampMillis() >= 0) ? found : best;
    }

    private Answer header() {
        return new Answer(Math.max(start, batch.baseOffset()), batch.maxTimestamp());
    }
}
