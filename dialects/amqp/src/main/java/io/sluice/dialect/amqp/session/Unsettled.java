package io.sluice.dialect.amqp.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a channel has handed out and not heard of since: where each delivery tag's message came from.
///
/// Tags only grow, so the entries lie sorted in three arrays; a settled one leaves a hole. Holes at the front are passed over at
/// once, the others when there is no room left. So memory goes with what is unsettled, not with how far the oldest tag is behind.
///
/// ```text
///            head                             tail
///   tags      │ 7    8    9   12   13          │
///   offsets   │ 70   71   80  90   91          │
///   sources   │ q    -    q   q    -           │   -: settled
/// ```
final class Unsettled {
    private static final int FIRST_ROOM = 16;

    /// Told of each delivery that is taken out.
    interface Taker {
        void taken(long tag, Source source, long offset);
    }

    private long[] tags = new long[FIRST_ROOM];
    private long[] offsets = new long[FIRST_ROOM];
    private @Nullable Source[] sources = new Source[FIRST_ROOM];
    private int head;
    private int tail;
    private int live;

    int size() {
        return live;
    }

    /// @param tag larger than all before
    void add(long tag, Source source, long offset) {
        assert tail == head || tags[tail - 1] < tag : "delivery tags grow: " + tag;
        if (tail == tags.length) {
            makeRoom();
        }
        tags[tail] = tag;
        offsets[tail] = offset;
        sources[tail] = source;
        tail++;
        live++;
    }

    /// Takes one out.
    ///
    /// @return false when there is none of that tag
    boolean take(long tag, Taker taker) {
        int at = find(tag);
        if (at < 0) {
            return false;
        }
        takeAt(at, taker);
        passHoles();
        return true;
    }

    /// Takes out all up to one of that tag, the oldest first.
    ///
    /// @return false when there is none of that tag: nothing was taken
    boolean takeUpTo(long tag, Taker taker) {
        int last = find(tag);
        if (last < 0) {
            return false;
        }
        takeRange(last + 1, taker);
        return true;
    }

    /// Takes out all, the oldest first.
    void takeAll(Taker taker) {
        takeRange(tail, taker);
    }

    /// Puts back what was taken: any tags, in any order, that are not there.
    void restore(long tag, Source source, long offset) {
        int hole = Arrays.binarySearch(tags, head, tail, tag);
        if (hole >= 0) {
            // The place it was taken from: two of the same tag could not be told apart.
            assert sources[hole] == null : "only what was taken is put back: " + tag;
            offsets[hole] = offset;
            sources[hole] = source;
            live++;
            return;
        }
        if (tail == tags.length) {
            makeRoom();
        }
        int at = tail;
        while (at > head && tags[at - 1] > tag) {
            tags[at] = tags[at - 1];
            offsets[at] = offsets[at - 1];
            sources[at] = sources[at - 1];
            at--;
        }
        tags[at] = tag;
        offsets[at] = offset;
        sources[at] = source;
        tail++;
        live++;
    }

    private void takeRange(int end, Taker taker) {
        for (int at = head; at < end; at++) {
            if (sources[at] != null) {
                takeAt(at, taker);
            }
        }
        passHoles();
    }

    private void takeAt(int at, Taker taker) {
        var source = sources[at];
        assert source != null : "a hole is not taken";
        sources[at] = null;
        live--;
        taker.taken(tags[at], source, offsets[at]);
    }

    private void passHoles() {
        while (head < tail && sources[head] == null) {
            head++;
        }
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }

    /// Without holes the place follows from the tag; with some, the tag lies before it.
    private int find(long tag) {
        if (head == tail || tag < tags[head] || tag > tags[tail - 1]) {
            return -1;
        }
        long guess = head + (tag - tags[head]);
        int at =
                guess < tail && tags[(int) guess] == tag
                        ? (int) guess
                        : Arrays.binarySearch(tags, head, tail, tag);
        return at < 0 || sources[at] == null ? -1 : at;
    }

    private void makeRoom() {
        int room = live > tags.length / 2 ? 2 * tags.length : tags.length;
        var newTags = new long[room];
        var newOffsets = new long[room];
        var newSources = new Source[room];
        int into = 0;
        for (int at = head; at < tail; at++) {
            if (sources[at] != null) {
                newTags[into] = tags[at];
                newOffsets[into] = offsets[at];
                newSources[into] = sources[at];
                into++;
            }
        }
        tags = newTags;
        offsets = newOffsets;
        sources = newSources;
        head = 0;
        tail = into;
    }
}
