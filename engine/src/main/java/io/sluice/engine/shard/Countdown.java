package io.sluice.engine.shard;

/// Counts answers down and does something at the last one. Owned by one shard's loop.
final class Countdown {
    private final Runnable atZero;
    private int left;

    /// @param left how many answers to wait for, 1 or more
    Countdown(int left, Runnable atZero) {
        this.left = left;
        this.atZero = atZero;
    }

    void done() {
        assert left > 0 : "more answers than questions";
        if (--left == 0) {
            atZero.run();
        }
    }
}
