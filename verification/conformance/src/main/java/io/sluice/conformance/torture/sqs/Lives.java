package io.sluice.conformance.torture.sqs;

/// The broker's lives, numbered from 1: each ends with a kill.
final class Lives {
    private volatile int now = 1;

    int now() {
        return now;
    }

    /// The broker is dead.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread alone writes it
    void end() {
        now = now + 1;
    }
}
