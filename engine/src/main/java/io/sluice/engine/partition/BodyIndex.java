package io.sluice.engine.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// Which part of the body logs a partition's reference batches lead to: sparse, in memory. Owned by its partition.
///
/// An entry stands for the references in a row of offsets, whose records lie in one body log from `position` on, about a MiB of it: so exactly
/// is known what the partition still needs. Where there are too many entries, they grow.
final class BodyIndex {
    static final int ENTRIES_MAX = 4096;
    static final long INTERVAL_BYTES = 1 << 20;

    /// Nothing is needed.
    static final long NOWHERE = Long.MAX_VALUE;

    /// @param nextOffset behind the last reference
    /// @param bytes of records
    record Entry(long firstOffset, long nextOffset, int log, long position, long bytes) {
        private Entry and(Entry later) {
            return new Entry(firstOffset, later.nextOffset, log, position, bytes + later.bytes);
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private long intervalBytes = INTERVAL_BYTES;

    BodyIndex copy() {
        var copy = new BodyIndex();
        copy.entries.addAll(entries);
        copy.intervalBytes = intervalBytes;
        return copy;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /// A reference was appended behind all others.
    void add(long firstOffset, long nextOffset, BodyPlace place) {
        add(new Entry(firstOffset, nextOffset, place.log(), place.position(), place.length()));
        while (entries.size() > ENTRIES_MAX) {
            coarsen();
        }
    }

    private void add(Entry entry) {
        int last = entries.size() - 1;
        if (last >= 0 && isNear(entries.get(last), entry)) {
            entries.set(last, entries.get(last).and(entry));
        } else {
            entries.add(entry);
        }
    }

    private boolean isNear(Entry entry, Entry later) {
        return later.log == entry.log && later.position - entry.position < intervalBytes;
    }

    private void coarsen() {
        intervalBytes *= 2;
        var finer = List.copyOf(entries);
        entries.clear();
        finer.forEach(this::add);
    }

    /// Forgets what lies wholly before the offset.
    void dropBefore(long offset) {
        int gone = 0;
        while (gone < entries.size() && entries.get(gone).nextOffset <= offset) {
            gone++;
        }
        entries.subList(0, gone).clear();
    }

    /// Before this position of that body log nothing is needed; [#NOWHERE] when it is not needed at all.
    long neededFrom(int log) {
        for (var entry : entries) {
            if (entry.log == log) {
                return entry.position;
            }
        }
        return NOWHERE;
    }

    /// The body logs that are needed.
    IntStream logs() {
        return entries.stream().mapToInt(Entry::log).distinct();
    }

    /// Whether there may be references with offsets from `from` on and before `to`.
    boolean isAmong(long from, long to) {
        for (var entry : entries) {
            if (entry.firstOffset < to && entry.nextOffset > from) {
                return true;
            }
        }
        return false;
    }

    /// Bytes of records that references from about this offset on lead to.
    long bytesFrom(long offset) {
        long bytes = 0;
        for (var entry : entries) {
            bytes += entry.nextOffset > offset ? entry.bytes : 0;
        }
        return bytes;
    }

    /// Bytes of records that lie in this body log, about, before `position`.
    long bytesBefore(int log, long position) {
        long bytes = 0;
        for (var entry : entries) {
            bytes += entry.log == log && entry.position < position ? entry.bytes : 0;
        }
        return bytes;
    }

    /// The index as a row of numbers: interval, count, then per entry offset and position (as differences to the entry before), number of
    /// offsets, log, bytes.
    void describe(LongConsumer out) {
        out.accept(intervalBytes);
        out.accept(entries.size());
        long offset = 0;
        long position = 0;
        for (var entry : entries) {
            out.accept(entry.firstOffset - offset);
            out.accept(entry.nextOffset - entry.firstOffset);
            out.accept(entry.log);
            out.accept(entry.position - position);
            out.accept(entry.bytes);
            offset = entry.firstOffset;
            position = entry.position;
        }
    }

    static BodyIndex read(LongSupplier in) {
        var index = new BodyIndex();
        index.intervalBytes = in.getAsLong();
        long count = in.getAsLong();
        if (index.intervalBytes < 1 || count < 0 || count > ENTRIES_MAX) {
            throw new IllegalArgumentException("an index of " + count + " references");
        }
        long offset = 0;
        long position = 0;
        for (long i = 0; i < count; i++) {
            offset += in.getAsLong();
            long next = offset + in.getAsLong();
            int log = (int) in.getAsLong();
            position += in.getAsLong();
            index.entries.add(new Entry(offset, next, log, position, in.getAsLong()));
        }
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BodyIndex that
                && entries.equals(that.entries)
                && intervalBytes == that.intervalBytes;
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
