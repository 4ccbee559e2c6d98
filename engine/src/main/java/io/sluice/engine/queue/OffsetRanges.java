package io.sluice.engine.queue;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/// A set of offsets as ranges. Owned by its queue's replay.
final class OffsetRanges {
    /// First offset to the one behind the last.
    private final NavigableMap<Long, Long> ranges = new TreeMap<>();

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    void clear() {
        ranges.clear();
    }

    /// Adds offsets that lie behind all others.
    void add(long from, long to) {
        if (from < to) {
            ranges.put(from, to);
        }
    }

    boolean contains(long offset) {
        var range = ranges.floorEntry(offset);
        return range != null && offset < range.getValue();
    }

    void remove(long offset) {
        remove(offset, offset + 1);
    }

    /// Takes out those from `from` on and before `to`.
    void remove(long from, long to) {
        Map.Entry<Long, Long> range = ranges.lowerEntry(to);
        while (range != null && range.getValue() > from) {
            ranges.remove(range.getKey());
            add(to, range.getValue());
            add(range.getKey(), from);
            range = ranges.lowerEntry(range.getKey());
        }
    }

    /// Those from `start` on, ascending.
    void forEachFrom(long start, LongConsumer action) {
        ranges.forEach(
                (from, to) -> {
                    for (long offset = Math.max(from, start); offset < to; offset++) {
                        action.accept(offset);
                    }
                });
    }
}
