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
    int take(long offset) {
        int note = takeReady(offset);
        if (note >= 0) {
            away++;
        }
        return note;
    }

    private int takeReady(long offset) {
        if (returned != null) {
            var note = returned.remove(offset);
            if (note != null) {
                returned = returned.isEmpty() ? null : returned;
                return note;
            }
        }
        return fresh.take(offset) ? 0 : -1;
    }

    /// Takes all ready ones out that lie before `to`: they are gone.
    ///
    /// @param gone told of each
    void dropBefore(long to, LongConsumer gone) {
        while (!fresh.isEmpty() && fresh.peek() < to) {
            gone.accept(fresh.poll());
        }
        while (returned != null && returned.firstKey() < to) {
            gone.accept(returned.pollFirstEntry().getKey());
            returned = returned.isEmpty() ? null : returned;
        }
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
        return fresh.contains(offset);
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
