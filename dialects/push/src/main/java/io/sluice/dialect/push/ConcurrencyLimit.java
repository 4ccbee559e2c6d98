package io.sluice.dialect.push;

/// How many requests an endpoint gets at one time: more as long as it does them, half as many when it says that it is too much, or says nothing. Additive
/// increase, multiplicative decrease, as TCP has it, beginning with a few and doubling until the first decrease.
///
/// Requests that were under way together fail together: they count as one sign, so a request is numbered when it begins, and one that began before the latest
/// decrease decreases nothing.
///
/// Pure; owned by its endpoint.
final class ConcurrencyLimit {
    private static final int FIRST = 4;

    private int max;
    private int now;
    private int successes;
    private boolean isFinding = true;
    private long begun;
    private long decreasedAt;

    /// @param max at least 1
    ConcurrencyLimit(int max) {
        this.max = max;
        this.now = Math.min(FIRST, max);
    }

    /// So many at one time.
    int now() {
        return now;
    }

    int max() {
        return max;
    }

    void max(int other) {
        max = other;
        now = Math.min(now, other);
    }

    /// A request begins.
    ///
    /// @return its number
    long begin() {
        return ++begun;
    }

    /// A request was done in time.
    void succeeded() {
        successes++;
        if (now < max && (isFinding || successes >= now)) {
            now++;
            successes = 0;
        }
    }

    /// The endpoint has too much to do.
    ///
    /// @param number of the request that says so
    void overloaded(long number) {
        if (number > decreasedAt) {
            now = Math.max(1, now / 2);
            successes = 0;
            isFinding = false;
            decreasedAt = begun;
        }
    }
}
