package io.sluice.engine.queue;

import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The messages of one key: ready ones in the order of their offsets, and what is known of the others. Owned by its queue's state.
final class Lane {
    final long key;

    /// Ready, never handed out.
    private final OffsetQueue fresh = new OffsetQueue();

    /// Ready again, with their notes.
    private @Nullable TreeMap<Long, Integer> returned;

    /// Not ready before their time, never handed out.
    private @Nullable TreeSet<Long> waiting;

    /// How many are leased, or wait for their next try.
    int away;

    /// Has a place among those whose turn comes.
    boolean inTurn;

    Lane(long key) {
        this.key = key;
    }

    boolean isEmpty() {
        return away == 0 && fresh.isEmpty() && returned == null && waiting == null;
    }

    /// The first ready one; -1 when there is none.
    long first() {
        long first = fresh.peek();
        if (returned != null) {
            long back = returned.firstKey();
            return first < 0 ? back : Math.min(first, back);
        }
        return first;
    }

    /// The first ready one, unless one before it waits for its time; -1 when there is none.
    long firstInOrder() {
        long first = first();
        return waiting != null && waiting.first() < first ? -1 : first;
    }

    int note(long offset) {
        return returned == null ? 0 : returned.getOrDefault(offset, 0);
    }

    void add(long offset) {
        fresh.add(offset);
    }

    void waits(long offset) {
        if (waiting == null) {
            waiting = new TreeSet<>();
        }
        waiting.add(offset);
    }

    void back(long offset, int note) {
        if (waiting != null && waiting.remove(offset)) {
            waiting = waiting.isEmpty() ? null : waiting;
        } else {
            away--;
            assert away >= 0 : "what comes back was away: " + offset;
        }
        putReturned(offset, note);
    }

    /// Takes a ready one out: it is away.
    ///
    /// @return its note; -1 when it is not ready here
    ///
    /// @param moved told of those that lay before it and count as returned from now on
    int take(long offset, LongConsumer moved) {
        int note = takeReady(offset, moved);
        if (note >= 0) {
            away++;
        }
        return note;
    }

    private int takeReady(long offset, LongConsumer moved) {
        if (returned != null) {
            var note = returned.remove(offset);
            if (note != null) {
                returned = returned.isEmpty() ? null : returned;
                return note;
            }
        }
        while (!fresh.isEmpty() && fresh.peek() < offset) {
            // One is taken from the middle: those before it are ready as they were.
            long before = fresh.poll();
            putReturned(before, 0);
            moved.accept(before);
        }
        if (fresh.peek() != offset) {
            return -1;
        }
        fresh.poll();
        return 0;
    }

    /// One that was away, or waited, is gone.
    void left(long offset) {
        if (waiting != null && waiting.remove(offset)) {
            waiting = waiting.isEmpty() ? null : waiting;
        } else {
            away--;
            assert away >= 0 : "what is gone was away: " + offset;
        }
    }

    boolean isReturned(long offset) {
        return returned != null && returned.containsKey(offset);
    }

    boolean isFresh(long offset) {
        if (fresh.isEmpty() || fresh.peek() > offset) {
            return false;
        }
        var found = new boolean[1];
        fresh.forEach(one -> found[0] |= one == offset);
        return found[0];
    }

    void forEachReturned(DueHeap.Visitor visitor) {
        if (returned != null) {
            returned.forEach((offset, note) -> visitor.entry(0, offset, note));
        }
    }

    int returnedCount() {
        return returned == null ? 0 : returned.size();
    }

    void forEachFresh(LongConsumer action) {
        fresh.forEach(action);
    }

    long smallestOffset() {
        long first = first();
        long smallest = first < 0 ? Long.MAX_VALUE : first;
        return waiting == null ? smallest : Math.min(smallest, waiting.first());
    }

    private void putReturned(long offset, int note) {
        if (returned == null) {
            returned = new TreeMap<>();
        }
        returned.put(offset, note);
    }
}
