package io.sluice.engine.partition;

import java.util.Arrays;

/// The batches that are appended but not yet durable: where each ends, by offset and by position. A ring of longs, oldest
/// first; as long as the store has work at hand.
final class InFlight {
    private static final int FIRST_PAIRS = 8;

    private long[] pairs = new long[0];
    private int head;
    private int size;

    void add(long nextOffset, long endPosition) {
        if (2 * size == pairs.length) {
            grow();
        }
        int at = at(size++);
        pairs[at] = nextOffset;
        pairs[at + 1] = endPosition;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The offset behind the oldest batch.
    long oldestNextOffset() {
        return pairs[at(0)];
    }

    /// Where the oldest batch ends in the log.
    long oldestEnd() {
        return pairs[at(0) + 1];
    }

    void dropOldest() {
        head = (head + 1) % (pairs.length / 2);
        size--;
    }

    private int at(int index) {
        return 2 * ((head + index) % (pairs.length / 2));
    }

    private void grow() {
        var grown = Arrays.copyOf(pairs, Math.max(2 * FIRST_PAIRS, 2 * pairs.length));
        for (int i = 0; i < size; i++) {
            grown[2 * i] = pairs[at(i)];
            grown[2 * i + 1] = pairs[at(i) + 1];
        }
        pairs = grown;
        head = 0;
    }
}
