package io.sluice.engine.partition;

import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// Where in a log which offset lies: sparse, in memory, in plain arrays. Owned by its partition.
///
/// An entry stands for an interval of the log, from one batch to the next entry's batch, and knows the largest time stamp in it. Intervals
/// are about 64 KiB; when there are too many entries, they double, so that a terabyte costs 3 MB and a search in it
/// walks over some megabytes of headers at worst.
///
/// ```text
///   entries   (0, 0, t3)          (412, 65_900, t9)         (800, 131_480, t8)
///   log       ├─batch─┬─batch─┬───┼─batch─┬─ ... ───────────┼─batch─┬─ ...
/// ```
final class OffsetIndex {
    static final int ENTRIES_MAX = 1 << 17;
    static final long INTERVAL_BYTES = 64 * 1024;
    private static final int FIRST_ENTRIES = 4;

    private long[] offsets;
    private long[] positions;
    private long[] times;
    private int size;
    private long intervalBytes;

    OffsetIndex() {
        this(INTERVAL_BYTES, FIRST_ENTRIES);
    }

    /// Room for `entries`, to be filled with [#restore].
    OffsetIndex(long intervalBytes, int entries) {
        this.intervalBytes = intervalBytes;
        offsets = new long[Math.max(FIRST_ENTRIES, entries)];
        positions = new long[offsets.length];
        times = new long[offsets.length];
    }

    OffsetIndex copy() {
        var copy = new OffsetIndex(intervalBytes, size);
        System.arraycopy(offsets, 0, copy.offsets, 0, size);
        System.arraycopy(positions, 0, copy.positions, 0, size);
        System.arraycopy(times, 0, copy.times, 0, size);
        copy.size = size;
        return copy;
    }

    int size() {
        return size;
    }

    long intervalBytes() {
        return intervalBytes;
    }

    long offset(int entry) {
        return offsets[entry];
    }

    long position(int entry) {
        return positions[entry];
    }

    /// The largest time stamp of the interval's batches.
    long maxTimestamp(int entry) {
        return times[entry];
    }

    /// The last entry at or before the offset; -1 when all are behind it.
    int floor(long offset) {
        return floor(offsets, offset);
    }

    /// The last entry at or before the position; -1 when all are behind it.
    int floorByPosition(long position) {
        return floor(positions, position);
    }

    private int floor(long[] column, long value) {
        int found = Arrays.binarySearch(column, 0, size, value);
        return found >= 0 ? found : -found - 2;
    }

    /// A batch was appended behind all others.
    void append(long baseOffset, long position, long maxTimestamp) {
        if (size > 0 && position - positions[size - 1] < intervalBytes) {
            times[size - 1] = Math.max(times[size - 1], maxTimestamp);
            return;
        }
        add(baseOffset, position, maxTimestamp);
    }

    /// The same, always with an entry of its own: where no scan from the entry before leads to the batch.
    void add(long baseOffset, long position, long maxTimestamp) {
        assert size == 0 || position > positions[size - 1] : "the log grows: " + position;
        while (size == ENTRIES_MAX) {
            coarsen();
        }
        restore(baseOffset, position, maxTimestamp);
    }

    /// Adds an entry as it was.
    void restore(long offset, long position, long maxTimestamp) {
        if (size == offsets.length) {
            int grown = Math.max(FIRST_ENTRIES, 2 * size);
            offsets = Arrays.copyOf(offsets, grown);
            positions = Arrays.copyOf(positions, grown);
            times = Arrays.copyOf(times, grown);
        }
        offsets[size] = offset;
        positions[size] = position;
        times[size] = maxTimestamp;
        size++;
    }

    private void coarsen() {
        intervalBytes *= 2;
        int kept = 0;
        for (int i = 1; i < size; i++) {
            if (positions[i] - positions[kept] < intervalBytes) {
                times[kept] = Math.max(times[kept], times[i]);
            } else {
                kept++;
                offsets[kept] = offsets[i];
                positions[kept] = positions[i];
                times[kept] = times[i];
            }
        }
        size = kept + 1;
    }

    /// Forgets the intervals that lie wholly before the offset.
    void dropBefore(long offset) {
        dropFirst(Math.max(0, floor(offset)));
    }

    /// Makes the batch at `position` the first one.
    void startAt(long offset, long position) {
        int first = floorByPosition(position);
        if (first < 0) {
            return;
        }
        dropFirst(first);
        offsets[0] = offset;
        positions[0] = position;
    }

    private void dropFirst(int count) {
        if (count > 0) {
            System.arraycopy(offsets, count, offsets, 0, size - count);
            System.arraycopy(positions, count, positions, 0, size - count);
            System.arraycopy(times, count, times, 0, size - count);
            size -= count;
        }
    }

    /// Forgets what lies at or behind the position.
    void dropFrom(long position) {
        size = floorByPosition(position - 1) + 1;
    }

    void clear() {
        size = 0;
    }

    /// The index as a row of numbers, small ones mostly: interval, count, then per entry the differences to the entry before.
    void describe(LongConsumer out) {
        out.accept(intervalBytes);
        out.accept(size);
        for (int i = 0; i < size; i++) {
            out.accept(offsets[i] - (i == 0 ? 0 : offsets[i - 1]));
            out.accept(positions[i] - (i == 0 ? 0 : positions[i - 1]));
            out.accept(times[i] - (i == 0 ? 0 : times[i - 1]));
        }
    }

    static OffsetIndex read(LongSupplier in) {
        long interval = in.getAsLong();
        long entries = in.getAsLong();
        if (interval < 1 || entries < 0 || entries > ENTRIES_MAX) {
            throw new IllegalArgumentException(
                    "an index of " + entries + " entries, each of " + interval + " bytes");
        }
        var index = new OffsetIndex(interval, (int) entries);
        long offset = 0;
        long position = 0;
        long time = 0;
        for (long i = 0; i < entries; i++) {
            offset += in.getAsLong();
            position += in.getAsLong();
            time += in.getAsLong();
            index.restore(offset, position, time);
        }
        return index;
    }
}
