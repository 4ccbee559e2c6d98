package io.sluice.base;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One instance for equal values: for immutable values that thousands of owners have alike. Safe for any thread.
public final class Interner<T> {
    /// Beyond so many different ones all are forgotten here, so that what no owner has any more is not kept.
    private static final int KNOWN_MAX = 1_000;

    private final Map<T, T> known = new ConcurrentHashMap<>();

    /// @return a value that equals `value`, most often the same one for everybody who asks
    public T intern(T value) {
        if (known.size() >= KNOWN_MAX) {
            known.clear();
        }
        var one = known.putIfAbsent(value, value);
        return one == null ? value : one;
    }
}
