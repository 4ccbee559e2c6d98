package io.sluice.engine.partition;

import io.sluice.broker.OffsetQuery.Answer;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Finds records by their time stamps: the index says in which intervals they can be, the headers in which batches, and only those
/// batches are unpacked.
///
/// Intervals are numbered from the clean log's first to the tail's last.
final class TimeSearch {
    static final Answer NONE = new Answer(-1, -1);

    private final PartitionLog log;
    private final int inClean;
    private final int intervals;

    TimeSearch(PartitionLog log) {
        this.log = log;
        this.inClean = log.clean == null ? 0 : log.clean.index.size();
        this.intervals = inClean + log.tail.index.size();
    }

    /// The first record whose time stamp is `millis` or later.
    Answer firstSince(long millis) throws IOException {
        for (int i = 0; i < intervals; i++) {
            if (maxTimestamp(i) >= millis) {
                var found = firstSince(millis, i);
                if (found != null) {
                    return found;
                }
            }
        }
        return NONE;
    }

    private @Nullable Answer firstSince(long millis, int interval) throws IOException {
        var scan = scan(interval);
        while (scan.next()) {
            if (scan.header().maxTimestamp() >= millis && scan.header().lastOffset() >= log.start) {
                var found = new BatchTimes(scan, log.start).firstSince(millis);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /// The record with the largest time stamp, the first of several. Usually one interval is searched: the one that claims to have it.
    /// Others only when its records turn out to be before the start.
    Answer newest() throws IOException {
        var best = NONE;
        var searched = new BitSet();
        for (int i = mostPromising(searched, best); i >= 0; i = mostPromising(searched, best)) {
            searched.set(i);
            best = newest(i, best);
        }
        return best;
    }

    private int mostPromising(BitSet searched, Answer best) {
        int most = -1;
        for (int i = 0; i < intervals; i++) {
            if (!searched.get(i)
                    && mayBeat(i, best)
                    && (most < 0 || maxTimestamp(i) > maxTimestamp(most))) {
                most = i;
            }
        }
        return most;
    }

    private boolean mayBeat(int interval, Answer best) {
        long time = maxTimestamp(interval);
        return time > best.timestampMillis()
                || (time == best.timestampMillis() && firstOffset(interval) < best.offset());
    }

    private Answer newest(int interval, Answer soFar) throws IOException {
        var best = soFar;
        var scan = scan(interval);
        while (scan.next()) {
            if (scan.header().maxTimestamp() >= best.timestampMillis()
                    && scan.header().lastOffset() >= log.start) {
                best = new BatchTimes(scan, log.start).newest(best);
            }
        }
        return best;
    }

    private Stretch stretch(int interval) {
        var clean = log.clean;
        return clean != null && interval < inClean ? clean : log.tail;
    }

    private int entry(int interval) {
        return interval < inClean ? interval : interval - inClean;
    }

    private long maxTimestamp(int interval) {
        return stretch(interval).index.maxTimestamp(entry(interval));
    }

    private long firstOffset(int interval) {
        return stretch(interval).index.offset(entry(interval));
    }

    private BatchScan scan(int interval) {
        var stretch = stretch(interval);
        int entry = entry(interval);
        long end =
                entry + 1 < stretch.index.size() ? stretch.index.position(entry + 1) : stretch.end;
        long from = stretch.index.position(entry);
        return new BatchScan(
                stretch.log,
                log.bodies,
                from,
                Math.max(from, Math.min(end, stretch.end)),
                BatchScan.SEEK_BYTES);
    }
}
