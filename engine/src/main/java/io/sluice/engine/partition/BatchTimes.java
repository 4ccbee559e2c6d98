package io.sluice.engine.partition;

import io.sluice.broker.OffsetQuery.Answer;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.broker.record.Unpacked;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The time stamps of one stored batch's records. When the batch cannot be unpacked, its header has to do.
final class BatchTimes {
    static final int UNPACKED_BYTES_MAX = 256 * 1024 * 1024;

    private final RecordBatch header;
    private final @Nullable Records records;
    private final long start;

    /// @param scan stands on the batch
    /// @param start records before this offset do not count
    BatchTimes(BatchScan scan, long start) throws IOException {
        this.header = scan.header();
        this.start = start;
        var batch = scan.intact();
        this.records =
                batch != null
                                && Unpacked.of(batch, UNPACKED_BYTES_MAX)
                                        instanceof Unpacked.Intact(var intact)
                        ? intact
                        : null;
    }

    /// The first record of that time or later; null when there is none.
    @Nullable Answer firstSince(long millis) {
        if (records == null) {
            return ofHeader();
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
            return newer(other, ofHeader());
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

    private Answer ofHeader() {
        return new Answer(Math.max(start, header.baseOffset()), header.maxTimestamp());
    }
}
