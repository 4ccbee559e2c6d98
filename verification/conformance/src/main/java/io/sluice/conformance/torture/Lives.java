package io.sluice.conformance.torture;

/// The broker's lives, numbered from 1: each ends with a kill.
public final class Lives {
    public static final int NONE = 0;

    private volatile int now = 1;
    private volatile int lastDrained = NONE;

    public int now() {
        return now;
    }

    /// The broker is dead.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread alone writes it
    public void end() {
        now = now + 1;
    }

    /// All queues have been seen empty in this life, with nothing in anybody's hands.
    public void drained() {
        lastDrained = now;
    }

    /// Whether all queues have been seen empty in a life after `life`: what was settled until then can never come again.
    public boolean haveDrainedSince(int life) {
        return lastDrained > life;
    }
}
