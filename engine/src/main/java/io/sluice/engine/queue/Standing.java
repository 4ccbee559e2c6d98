package io.sluice.engine.queue;

import io.sluice.broker.queue.Peeked.State;
import java.util.NavigableMap;
import java.util.TreeMap;

/// How it stands with one message.
///
/// @param handedOut how often
/// @param untilMillis when that changes by itself, wall clock; 0: not known, or never
public record Standing(State state, int handedOut, long untilMillis) {
    /// Of a message that nobody was given yet.
    public static final Standing FRESH = new Standing(State.READY, 0, 0);

    static Standing ready(int note) {
        return new Standing(State.READY, Note.returned(note), 0);
    }

    static Standing leased(int note, long deadlineMillis) {
        return new Standing(State.LEASED, Note.returned(note) + 1, deadlineMillis);
    }

    static Standing delayed(int note, long dueMillis) {
        return new Standing(State.DELAYED, Note.returned(note), dueMillis);
    }

    /// The first ones of many that come in any order. Of two for one offset the earlier told counts.
    static final class First {
        private final NavigableMap<Long, Standing> found = new TreeMap<>();
        private final long from;
        private final int max;

        First(long from, int max) {
            this.from = from;
            this.max = max;
        }

        void add(long offset, Standing standing) {
            if (offset < from || (found.size() == max && offset > found.lastKey())) {
                return;
            }
            found.putIfAbsent(offset, standing);
            if (found.size() > max) {
                found.pollLastEntry();
            }
        }

        NavigableMap<Long, Standing> found() {
            return found;
        }
    }
}
