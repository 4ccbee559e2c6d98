package io.sluice.engine.partition;

import java.util.Arrays;

/// Where readers will go on: a few places (offset, position) in the log, so that reading on from there needs no search. The oldest gives
/// way to the newest.
final class Cursors {
    static final int UNKNOWN = -1;
    private static final int PLACES = 32;

    private long[] offsets = new long[0];
    private long[] positions = new long[0];
    private int next;

    /// The batch that starts with `offset`, or is the first behind it, lies at `position`.
    void remember(long offset, long position) {
        if (find(offset) != UNKNOWN) {
            return;
        }
        if (offsets.length == 0) {
            offsets = new long[PLACES];
            positions = new long[PLACES];
            Arrays.fill(offsets, UNKNOWN);
        }
        offsets[next] = offset;
        positions[next] = position;
        next = (next + 1) % PLACES;
    }

    /// The position for that offset, or [#UNKNOWN].
    long find(long offset) {
        for (int i = 1; i <= offsets.length; i++) {
            int place = (next - i + 2 * PLACES) % PLACES;
            if (offsets[place] == offset) {
                return positions[place];
            }
        }
        return UNKNOWN;
    }

    /// The position for the last known offset among `from` to `to`, or [#UNKNOWN].
    long nearest(long from, long to) {
        long best = from - 1;
        long position = UNKNOWN;
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] > best && offsets[i] <= to) {
                best = offsets[i];
                position = positions[i];
            }
        }
        return position;
    }

    void clear() {
        Arrays.fill(offsets, UNKNOWN);
    }
}
