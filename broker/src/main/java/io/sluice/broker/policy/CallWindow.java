package io.sluice.broker.policy;

/// The latest deliveries of a breaker, counted in constant time and without an object for each.
sealed interface CallWindow permits LatestCalls, LatestSlices {
    void add(boolean failed, boolean slow, long nowMillis);

    /// Many at once that did not fail and were not slow.
    void addFine(int calls, long nowMillis);

    /// Forgets what is too old by now.
    void advance(long nowMillis);

    void clear();

    int calls();

    int failed();

    int slow();
}
