package io.sluice.base;

/// Points in time as milliseconds.
public final class Millis {
    private Millis() {}

    /// `millis` after `now`; `Long.MAX_VALUE`, which is never, where that is beyond all time.
    ///
    /// @param millis 0 or more
    public static long after(long now, long millis) {
        return now > 0 && millis > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + millis;
    }
}
