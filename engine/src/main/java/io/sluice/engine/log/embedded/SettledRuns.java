package io.sluice.engine.log.embedded;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes runs of one log into its segments, with their checksums, and forces both.
final class SettledRuns {
    /// Small runs share a checksum up to this length: what a reader of a few bytes reads to verify them.
    private static final int RANGE_MAX = 64 << 10;

    private static final int BUFFER = 1 << 20;

    private final Storage storage;
    private final StoreSettings settings;
    private final Settler.Parts parts;
    private final ByteBuffer buffer;

    SettledRuns(Storage storage, StoreSettings settings, Settler.Parts parts) {
        this.storage = storage;
        this.settings = settings;
        this.parts = parts;
        this.buffer = ByteBuffer.allocateDirect(Math.max(BUFFER, settings.batchBytesMax()));
    }

    /// Settles the runs, which are the log's first ones.
    void settle(StoredLog log, List<Run> runs) throws IOException {
        var ranges = new LinkedHashMap<SegmentFile, List<SegmentSums.Range>>();
        var group = new Group();
        for (var run : runs) {
            if (run.end() <= log.start) {
                continue;
            }
            var segment =
                    run.segment != null
                            ? run.segment
                            : log.segmentFor(run.position, run.length, settings.segmentBytesMax());
            if (run.segment != null || !group.takes(segment, run)) {
                write(group, ranges);
            }
            if (run.segment == null) {
                group.add(segment, run);
            } else {
                ranges(ranges, segment)
                        .add(new SegmentSums.Range(run.position, run.length, run.crc));
            }
        }
        write(group, ranges);
        force(ranges);
        forget(log, runs.getLast().end(), ranges);
    }

    /// Runs that lie one behind the other in one segment.
    private static final class Group {
        private final List<Run> runs = new ArrayList<>();
        private SegmentFile segment = new SegmentFile(-1, 0, 0);
        private int bytes;

        boolean takes(SegmentFile to, Run run) {
            return runs.isEmpty()
                    || (to == segment
                            && run.position == runs.getLast().end()
                            && bytes + run.length <= BUFFER);
        }

        void add(SegmentFile to, Run run) {
            segment = to;
            runs.add(run);
            bytes += run.length;
        }

        void clear() {
            runs.clear();
            bytes = 0;
        }
    }

    private void write(Group group, Map<SegmentFile, List<SegmentSums.Range>> ranges)
            throws IOException {
        if (group.runs.isEmpty()) {
            return;
        }
        var sums = new Checksums(group.segment.log, ranges(ranges, group.segment));
        buffer.clear();
        for (var run : group.runs) {
            var at = buffer.position();
            copy(run);
            sums.add(run, buffer.slice(at, run.length));
        }
        sums.close();
        var first = group.runs.getFirst().position;
        var file = parts.segments().hold(group.segment, true);
        try {
            file.file().write(first - group.segment.base, buffer.flip());
        } finally {
            file.letGo();
        }
        parts.counters().settled(group.bytes);
        group.clear();
    }

    private void copy(Run run) throws IOException {
        var end = buffer.position() + run.length;
        try {
            RunReader.copy(run, buffer);
        } catch (CorruptDataException e) {
            // The journal file is shorter than it was: the checksum will say so to whoever reads
            // this.
            buffer.position(end);
        }
    }

    /// Puts small runs together under one checksum. A run that does not match its own keeps it, and is known as damaged by it.
    private final class Checksums {
        private final long log;
        private final List<SegmentSums.Range> ranges;
        private final ByteBuffer joined;
        private long position;

        Checksums(long log, List<SegmentSums.Range> ranges) {
            this.log = log;
            this.ranges = ranges;
            this.joined = buffer.duplicate().clear();
            this.joined.limit(0);
        }

        void add(Run run, ByteBuffer bytes) {
            var sound = RunReader.checksum(bytes) == run.crc;
            if (!sound || joined.remaining() + run.length > RANGE_MAX) {
                close();
            }
            var at = buffer.position() - run.length;
            if (!sound) {
                org.slf4j.LoggerFactory.getLogger(SettledRuns.class)
                        .error(
                                "log number {}: bytes {} to {} were damaged in {}",
                                log,
                                run.position,
                                run.end(),
                                run.journal);
                ranges.add(new SegmentSums.Range(run.position, run.length, run.crc));
                joined.limit(buffer.position()).position(buffer.position());
                return;
            }
            if (!joined.hasRemaining()) {
                position = run.position;
                joined.limit(at).position(at);
            }
            joined.limit(at + run.length);
        }

        void close() {
            if (joined.hasRemaining()) {
                ranges.add(
                        new SegmentSums.Range(
                                position,
                                joined.remaining(),
                                RunReader.checksum(joined.duplicate())));
                joined.position(joined.limit());
            }
        }
    }

    private void force(Map<SegmentFile, List<SegmentSums.Range>> ranges) throws IOException {
        var named = true;
        for (var each : ranges.entrySet()) {
            var segment = each.getKey();
            var file = parts.segments().hold(segment, true);
            try {
                file.file().force();
            } finally {
                file.letGo();
            }
            try (var sums = storage.open(segment.sumsPath(), true)) {
                SegmentSums.append(sums, segment.sums, each.getValue());
                sums.force();
            }
            named &= segment.named && segment.sums > 0;
        }
        if (!named) {
            storage.forceDirectory(SegmentFile.DIRECTORY);
            ranges.keySet().forEach(segment -> segment.named = true);
        }
    }

    /// From here on the bytes are read from the segments.
    private static void forget(
            StoredLog log, long settled, Map<SegmentFile, List<SegmentSums.Range>> ranges) {
        synchronized (log) {
            ranges.forEach((segment, added) -> segment.sums += added.size());
            log.settled = Math.max(log.settled, settled);
            var count = 0;
            while (count < log.runs.size() && log.runs.at(count).end() <= settled) {
                count++;
            }
            log.runs.removeFront(count);
        }
    }

    private static List<SegmentSums.Range> ranges(
            Map<SegmentFile, List<SegmentSums.Range>> ranges, SegmentFile segment) {
        return ranges.computeIfAbsent(segment, unknown -> new ArrayList<>());
    }
}
