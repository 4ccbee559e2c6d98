package io.sluice.dialect.amqp.session;

import java.util.Arrays;

/// Offsets gathered one by one, kept as ranges `first, last, first, last, ...`.
final class OffsetRanges {
    private static final int FIRST_BOUNDS = 8;

    private long[] bounds = new long[FIRST_BOUNDS];
    private int used;

    void add(long offset) {
        if (used > 0 && bounds[used - 1] + 1 == offset) {
            bounds[used - 1] = offset;
            return;
        }
        add(offset, offset);
    }

    void add(long first, long last) {
        if (used == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * used);
        }
        bounds[used++] = first;
        bounds[used++] = last;
    }

    boolean isEmpty() {
        return used == 0;
    }

    /// What was gathered; from here on nothing is.
    long[] take() {
        var taken = Arrays.copyOf(bounds, used);
        used = 0;
        return taken;
    }
}
