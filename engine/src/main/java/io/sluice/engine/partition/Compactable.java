package io.sluice.engine.partition;

import java.io.IOException;

/// Whether compacting a partition now is worth its price.
///
/// It is when the part of the log that was never compacted is large enough, beside the rest (`min.cleanable.dirty.ratio`) and by itself (a
/// segment, or 1 MiB) or by age (`segment.ms`); and in any case when its first record waits longer than `max.compaction.lag.ms`.
final class Compactable {
    private static final long WORTHWHILE_BYTES = 1024 * 1024;

    private Compactable() {}

    static boolean isDue(PartitionLog log, TopicSettings settings, long now) {
        if (!settings.compacts() || log.tailNeededFrom() >= log.tail.end) {
            return false;
        }
        try {
            return isWorthIt(log, settings, now);
        } catch (IOException unreadable) {
            // The compaction will meet the damage itself, and say so.
            return true;
        }
    }

    private static boolean isWorthIt(PartitionLog log, TopicSettings settings, long now)
            throws IOException {
        long dirty = dirtyBytes(log, settings.youngestCompacted(now));
        if (dirty == 0) {
            return false;
        }
        var clean = log.clean;
        long cleanBytes = clean == null ? 0 : clean.end - log.neededFrom(clean, clean.endOffset);
        boolean largePart = dirty >= settings.minDirtyRatio() * (dirty + cleanBytes);
        if (largePart && dirty >= Math.min(settings.segmentBytes(), WORTHWHILE_BYTES)) {
            return true;
        }
        long waiting = now - firstDirtyTime(log, now);
        return waiting > settings.maxCompactionLagMillis()
                || (largePart && waiting > settings.segmentMillis());
    }

    /// The durable bytes of the tail before the first record that is too young.
    private static long dirtyBytes(PartitionLog log, long youngest) throws IOException {
        var index = log.tail.index;
        int entry = 0;
        while (entry < index.size() && index.maxTimestamp(entry) <= youngest) {
            entry++;
        }
        long end = log.tail.end;
        if (entry < index.size() && index.position(entry) < end) {
            end = firstYounger(log, index.position(entry), youngest);
        }
        return Math.max(0, end - log.tailNeededFrom());
    }

    private static long firstYounger(PartitionLog log, long from, long youngest)
            throws IOException {
        var scan = new BatchScan(log.tail.log, from, log.tail.end, BatchScan.SEEK_BYTES);
        while (scan.next()) {
            if (scan.header().maxTimestamp() > youngest) {
                return scan.position();
            }
        }
        return log.tail.end;
    }

    private static long firstDirtyTime(PartitionLog log, long now) throws IOException {
        var scan =
                new BatchScan(
                        log.tail.log, log.tailNeededFrom(), log.tail.end, BatchScan.SEEK_BYTES);
        return scan.next() ? scan.header().baseTimestamp() : now;
    }
}
