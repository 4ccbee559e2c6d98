package io.sluice.dialect.kafka.share;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The offsets of one partition that a member was handed and has not settled. Some have no record: compaction took it.
final class HeldOffsets {
    /// First and last of each, with at least one offset between two.
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    private final TreeSet<Long> missing = new TreeSet<>();

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    void add(long first, long last) {
        long from = first;
        long to = last;
        for (var near = touching(from, to); near != null; near = touching(from, to)) {
            from = Math.min(from, near.getKey());
            to = Math.max(to, near.getValue());
            ranges.remove(near.getKey());
        }
        ranges.put(from, to);
    }

    /// There is no record at `offset`, which was added.
    void missing(long offset) {
        missing.add(offset);
    }

    private Map.@Nullable Entry<Long, Long> touching(long first, long last) {
        var before = ranges.floorEntry(last == Long.MAX_VALUE ? last : last + 1);
        return before != null && before.getValue() >= first - 1 ? before : null;
    }

    /// Whether all from `first` to `last` are held.
    boolean holds(long first, long last) {
        var before = ranges.floorEntry(first);
        return before != null && before.getValue() >= last;
    }

    /// How many records are among the offsets from `first` to `last`, which are held.
    long records(long first, long last) {
        return last - first + 1 - missing.subSet(first, true, last, true).size();
    }

    /// They are settled.
    void remove(long first, long last) {
        var before = ranges.floorEntry(first);
        assert before != null && before.getValue() >= last
                : "only what is held can be settled: " + first + " to " + last;
        ranges.remove(before.getKey());
        if (before.getKey() < first) {
            ranges.put(before.getKey(), first - 1);
        }
        if (before.getValue() > last) {
            ranges.put(last + 1, before.getValue());
        }
        missing.subSet(first, true, last, true).clear();
    }

    void clear() {
        ranges.clear();
        missing.clear();
    }

    /// First, last, first, last, ...
    long[] all() {
        return ranges.entrySet().stream()
                .flatMapToLong(range -> LongStream.of(range.getKey(), range.getValue()))
                .toArray();
    }
}
