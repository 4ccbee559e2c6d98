package io.sluice.engine.queue;

import java.util.Arrays;
import java.util.function.LongPredicate;

/// Offsets by when they are due, the earliest first: a binary heap in three arrays, twenty bytes for each. Equal times come in the order of their offsets.
/// Owned by its queue.
public final class DueHeap {
    private static final int FIRST_CAPACITY = 16;
    private static final int LOOKED_AT_MAX = 200_000;
    private static final long[] NO_NUMBERS = {};
    private static final int[] NO_NOTES = {};

    private long[] due = NO_NUMBERS;
    private long[] offsets = NO_NUMBERS;
    private int[] notes = NO_NOTES;
    private int size;

    /// Who is told of every entry.
    public interface Visitor {
        void entry(long dueMillis, long offset, int note);
    }

    /// Says which note an entry has from now on.
    interface Notes {
        int note(long offset, int note);
    }

    public int size() {
        return size;
    }

    /// How many entries there is room for: each costs twenty bytes, used or not.
    int capacity() {
        return due.length;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// When the first is due; `Long.MAX_VALUE` when there is none.
    public long firstDue() {
        return size == 0 ? Long.MAX_VALUE : due[0];
    }

    public long firstOffset() {
        return offsets[0];
    }

    public int firstNote() {
        return notes[0];
    }

    /// @param note the owner's affair
    public void add(long dueMillis, long offset, int note) {
        if (size == due.length) {
            resize(Math.max(FIRST_CAPACITY, size + (size >> 1)));
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!isBefore(dueMillis, offset, due[parent], offsets[parent])) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        set(at, dueMillis, offset, note);
    }

    /// Takes the first out.
    public void removeFirst() {
        assert size > 0 : "only what is there can be taken";
        size--;
        sink(0, due[size], offsets[size], notes[size]);
        shrink();
    }

    /// Puts an entry where `from` is, or deeper.
    private void sink(int from, long dueMillis, long offset, int note) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size
                    && isBefore(due[child + 1], offsets[child + 1], due[child], offsets[child])) {
                child++;
            }
            if (!isBefore(due[child], offsets[child], dueMillis, offset)) {
                break;
            }
            move(child, at);
            at = child;
        }
        set(at, dueMillis, offset, note);
    }

    /// Takes out all, and those of `these` leases that have a deadline in.
    void replaceBy(Leases these) {
        size = 0;
        these.forEach(
                (offset, _, deadline, _, _) -> {
                    if (deadline > 0) {
                        add(deadline, offset, 0);
                    }
                });
        shrink();
    }

    /// Takes out all whose offset lies before `start`. Looks at all.
    public void removeBefore(long start) {
        keep(offset -> offset >= start);
    }

    /// Takes out all others. Looks at all.
    void keep(LongPredicate stays) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (stays.test(offsets[i])) {
                move(i, kept++);
            }
        }
        if (kept < size) {
            size = kept;
            order();
            shrink();
        }
    }

    /// The smallest offset in it; `Long.MAX_VALUE` when there is none. Looks at all.
    public long smallestOffset() {
        long smallest = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            smallest = Math.min(smallest, offsets[i]);
        }
        return smallest;
    }

    /// Whether it is in it. Looks at all.
    boolean contains(long offset) {
        for (int i = 0; i < size; i++) {
            if (offsets[i] == offset) {
                return true;
            }
        }
        return false;
    }

    /// Every entry, in no order.
    public void forEach(Visitor visitor) {
        for (int i = 0; i < size; i++) {
            visitor.entry(due[i], offsets[i], notes[i]);
        }
    }

    /// As [QueueState#waits]. Where there are very many it looks at every so many of them only, and says how many that stands for.
    long[] counts(long nowMillis, long[] withinMillis) {
        var counts = new long[withinMillis.length];
        // Odd, so that it is not always the same child of a node.
        int step = 1 + size / LOOKED_AT_MAX | 1;
        for (int from = 0; from < size; from += step) {
            int bucket = 0;
            while (due[from] - nowMillis > withinMillis[bucket]) {
                bucket++;
            }
            counts[bucket] += Math.min(step, size - from);
        }
        return counts;
    }

    void changeNotes(Notes notesOf) {
        for (int i = 0; i < size; i++) {
            notes[i] = notesOf.note(offsets[i], notes[i]);
        }
    }

    private void order() {
        for (int at = size / 2 - 1; at >= 0; at--) {
            sink(at, due[at], offsets[at], notes[at]);
        }
    }

    private void shrink() {
        if (due.length > FIRST_CAPACITY && size < due.length / 4) {
            resize(Math.max(FIRST_CAPACITY, 2 * size));
        }
    }

    private void resize(int capacity) {
        due = Arrays.copyOf(due, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        notes = Arrays.copyOf(notes, capacity);
    }

    private static boolean isBefore(long due, long offset, long otherDue, long otherOffset) {
        return due < otherDue || (due == otherDue && offset < otherOffset);
    }

    private void move(int from, int to) {
        due[to] = due[from];
        offsets[to] = offsets[from];
        notes[to] = notes[from];
    }

    private void set(int at, long dueMillis, long offset, int note) {
        due[at] = dueMillis;
        offsets[at] = offset;
        notes[at] = note;
    }
}
