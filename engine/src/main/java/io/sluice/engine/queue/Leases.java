package io.sluice.engine.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which offset is leased to whom: a hash table with open addressing and no object per lease. Owned by its queue.
public final class Leases {
    private static final int FIRST_CAPACITY = 16;

    /// Room that is kept once it was needed, as it will be again: consumers with some hundred messages each fill and empty the table all the time.
    private static final int KEPT_CAPACITY = 2_048;
    private static final long EMPTY = -1;

    /// The table while nothing is leased: most queues are idle, and there may be very many.
    private static final long[] NO_OFFSETS = {EMPTY};

    private static final @Nullable Holder[] NO_HOLDERS = {};
    private static final long[] NO_DEADLINES = {};
    private static final int[] NO_NUMBERS = {};

    private long[] offsets = NO_OFFSETS;
    private @Nullable Holder[] holders = NO_HOLDERS;
    private long[] deadlines = NO_DEADLINES;
    private int[] notes = NO_NUMBERS;
    private int[] bytes = NO_NUMBERS;

    /// When each began, wall clock; null: nobody asks.
    private long @Nullable [] begun;

    private int size;

    /// The slot of the lease that began last, until another change.
    private int latest;

    /// Who is told of every lease.
    public interface Visitor {
        void lease(long offset, Holder holder, long deadlineMillis, int note, int bytes);
    }

    public int size() {
        return size;
    }

    int capacity() {
        return offsets.length;
    }

    /// The lease's slot, good until the next change; -1 when it is not leased.
    public int find(long offset) {
        int mask = offsets.length - 1;
        int slot = slot(offset, mask);
        while (offsets[slot] != EMPTY) {
            if (offsets[slot] == offset) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    public Holder holder(int slot) {
        var holder = holders[slot];
        assert holder != null : "a lease has a holder";
        return holder;
    }

    /// Wall clock; 0: as long as the holder lives.
    public long deadlineMillis(int slot) {
        return deadlines[slot];
    }

    public void deadlineMillis(int slot, long deadline) {
        deadlines[slot] = deadline;
    }

    /// The queue's own: tries and priority.
    public int note(int slot) {
        return notes[slot];
    }

    void note(int slot, int note) {
        notes[slot] = note;
    }

    public int bytes(int slot) {
        return bytes[slot];
    }

    /// Has it kept from now on, or no longer, when leases begin.
    public void timed(boolean are) {
        begun = !are ? null : begun == null ? new long[offsets.length] : begun;
    }

    /// When the lease began, wall clock; 0: that is not known.
    public long begunMillis(int slot) {
        return begun == null ? 0 : begun[slot];
    }

    /// Says when the lease that began last did so.
    public void latestBegunMillis(long millis) {
        begunMillis(latest, millis);
    }

    void begunMillis(int slot, long millis) {
        if (begun != null) {
            begun[slot] = millis;
        }
    }

    public void add(long offset, Holder holder, long deadlineMillis, int note, int itsBytes) {
        if (2 * (size + 1) > offsets.length) {
            resize(Math.max(FIRST_CAPACITY, 2 * offsets.length));
        }
        int mask = offsets.length - 1;
        int slot = slot(offset, mask);
        while (offsets[slot] != EMPTY) {
            assert offsets[slot] != offset : "only what is not leased can be leased: " + offset;
            slot = (slot + 1) & mask;
        }
        offsets[slot] = offset;
        holders[slot] = holder;
        deadlines[slot] = deadlineMillis;
        notes[slot] = note;
        bytes[slot] = itsBytes;
        begunMillis(slot, 0);
        latest = slot;
        size++;
        holder.took();
    }

    /// Ends the lease in that slot.
    public void remove(int slot) {
        holder(slot).gave();
        size--;
        int mask = offsets.length - 1;
        int hole = slot;
        int next = (slot + 1) & mask;
        // Those behind it that could not have their own slot move up.
        while (offsets[next] != EMPTY) {
            int wanted = slot(offsets[next], mask);
            if (((next - wanted) & mask) >= ((next - hole) & mask)) {
                move(next, hole);
                hole = next;
            }
            next = (next + 1) & mask;
        }
        offsets[hole] = EMPTY;
        holders[hole] = null;
        if (offsets.length > KEPT_CAPACITY && 8 * size < offsets.length) {
            resize(offsets.length / 2);
        }
    }

    /// Gives back the room that is not needed now, as for a queue that nobody consumes from any more.
    public void fit() {
        if (size == 0) {
            empty();
            return;
        }
        int capacity = offsets.length;
        while (capacity > FIRST_CAPACITY && 8 * size < capacity) {
            capacity /= 2;
        }
        if (capacity < offsets.length) {
            resize(capacity);
        }
    }

    /// The smallest leased offset; `Long.MAX_VALUE` when there is none. Looks at all.
    public long smallestOffset() {
        long smallest = Long.MAX_VALUE;
        for (long offset : offsets) {
            if (offset != EMPTY) {
                smallest = Math.min(smallest, offset);
            }
        }
        return smallest;
    }

    /// Every lease, in no order. The visitor changes nothing here.
    public void forEach(Visitor visitor) {
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] != EMPTY) {
                visitor.lease(offsets[i], holder(i), deadlines[i], notes[i], bytes[i]);
            }
        }
    }

    /// The offsets leased to `owner`, sorted.
    public long[] of(long owner) {
        var found = new long[size];
        int count = 0;
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] != EMPTY && holder(i).owner() == owner) {
                found[count++] = offsets[i];
            }
        }
        var sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static int slot(long offset, int mask) {
        return (int) ((offset * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    }

    private void move(int from, int to) {
        offsets[to] = offsets[from];
        holders[to] = holders[from];
        deadlines[to] = deadlines[from];
        notes[to] = notes[from];
        bytes[to] = bytes[from];
        begunMillis(to, begunMillis(from));
    }

    private void empty() {
        offsets = NO_OFFSETS;
        holders = NO_HOLDERS;
        deadlines = NO_DEADLINES;
        notes = NO_NUMBERS;
        bytes = NO_NUMBERS;
        begun = begun == null ? null : NO_DEADLINES;
    }

    private void resize(int capacity) {
        var oldOffsets = offsets;
        var oldHolders = holders;
        var oldDeadlines = deadlines;
        var oldNotes = notes;
        var oldBytes = bytes;
        var oldBegun = begun;
        offsets = new long[capacity];
        Arrays.fill(offsets, EMPTY);
        holders = new Holder[capacity];
        deadlines = new long[capacity];
        notes = new int[capacity];
        bytes = new int[capacity];
        begun = oldBegun == null ? null : new long[capacity];
        int mask = capacity - 1;
        for (int i = 0; i < oldOffsets.length; i++) {
            if (oldOffsets[i] != EMPTY) {
                int slot = slot(oldOffsets[i], mask);
                while (offsets[slot] != EMPTY) {
                    slot = (slot + 1) & mask;
                }
                offsets[slot] = oldOffsets[i];
                holders[slot] = oldHolders[i];
                deadlines[slot] = oldDeadlines[i];
                notes[slot] = oldNotes[i];
                bytes[slot] = oldBytes[i];
                begunMillis(slot, oldBegun == null ? 0 : oldBegun[i]);
            }
        }
    }
}
