package io.sluice.engine.partition;

/// Where a partition should start now, as its topic's `retention.ms` and `retention.bytes` have it. Goes by whole intervals of the index;
/// an interval goes when its newest record is too old, or when enough is left without it. The last interval may go too.
final class Retention {
    private final TopicSettings settings;
    private final PartitionLog log;
    private final long now;
    private long bytes;
    private long start;

    private Retention(PartitionLog log, TopicSettings settings, long now) {
        this.log = log;
        this.settings = settings;
        this.now = now;
        this.bytes = log.bytes();
        this.start = log.start;
    }

    /// The new start offset; the present one when nothing goes.
    static long startOf(PartitionLog log, TopicSettings settings, long now) {
        if (!settings.deletes()) {
            return log.start;
        }
        var retention = new Retention(log, settings, now);
        var clean = log.clean;
        if (clean == null || retention.takesAll(clean)) {
            retention.takesAll(log.tail);
        }
        return retention.start;
    }

    private boolean takesAll(Stretch stretch) {
        var index = stretch.index;
        for (int entry = 0; entry < index.size(); entry++) {
            boolean last = entry + 1 == index.size();
            long behind = last ? log.nextOffset(stretch) : index.offset(entry + 1);
            long length = (last ? stretch.end : index.position(entry + 1)) - index.position(entry);
            if (behind <= log.start) {
                continue;
            }
            if (behind > log.highWatermark() || !goes(index.maxTimestamp(entry), length)) {
                return false;
            }
            bytes -= length;
            start = behind;
        }
        return true;
    }

    private boolean goes(long newest, long length) {
        boolean tooOld =
                settings.retentionMillis() >= 0 && now - newest > settings.retentionMillis();
        boolean tooMuch =
                settings.retentionBytes() >= 0 && bytes - length >= settings.retentionBytes();
        return tooOld || tooMuch;
    }
}
