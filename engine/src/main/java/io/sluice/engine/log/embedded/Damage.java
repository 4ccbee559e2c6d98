package io.sluice.engine.log.embedded;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ranges of one log that are known to be lost or damaged. Guarded by its log's lock.
final class Damage {
    /// Begin to end. Nothing is made for the many logs that have none.
    private NavigableMap<Long, Long> ranges = Collections.emptyNavigableMap();

    /// @return true when it was not known before
    boolean add(long from, long to) {
        if (covers(from) && covers(to - 1)) {
            return false;
        }
        if (ranges.isEmpty()) {
            ranges = new TreeMap<>();
        }
        ranges.merge(from, to, Math::max);
        return true;
    }

    boolean covers(long position) {
        return covers(ranges.floorEntry(position), position);
    }

    /// The first damaged byte from `position` on; `Long.MAX_VALUE` when there is none.
    long next(long position) {
        if (covers(position)) {
            return position;
        }
        var next = ranges.ceilingKey(position);
        return next == null ? Long.MAX_VALUE : next;
    }

    /// Where the damage at `position` ends; `position` when there is none.
    long endOf(long position) {
        var range = ranges.floorEntry(position);
        return range == null ? position : Math.max(position, range.getValue());
    }

    List<DamagedRange> ranges() {
        return ranges.entrySet().stream()
                .map(range -> new DamagedRange(range.getKey(), range.getValue()))
                .toList();
    }

    void trim(long before) {
        if (ranges.isEmpty()) {
            return;
        }
        ranges.headMap(before).values().removeIf(end -> end <= before);
    }

    @Override
    public String toString() {
        return ranges.toString();
    }

    private static boolean covers(Map.@Nullable Entry<Long, Long> range, long position) {
        return range != null && range.getValue() > position;
    }
}
