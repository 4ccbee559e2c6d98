package io.sluice.base;

/// Time as it comes in through the door. A loop reads it once per turn and hands `now` on, so that a simulated clock can
/// stand in for the machine's.
public interface Clock {
    /// Wall-clock time in milliseconds since 1970-01-01 UTC; it may jump.
    long millis();

    /// Monotonic nanoseconds since an arbitrary origin; only differences mean something.
    long nanos();

    /// The machine's own clock.
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
