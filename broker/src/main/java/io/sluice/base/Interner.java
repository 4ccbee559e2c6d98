package io.sluice.base;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/// One instance for all equal values: for immutable values that thousands of owners have alike. What no owner has any more is forgotten. Safe for any thread.
public final class Interner<T> {
    private final Map<T, WeakReference<T>> known = new WeakHashMap<>();

    /// @return a value that equals `value`, the same one for everybody who asks while somebody has it
    public synchronized T intern(T value) {
        var reference = known.get(value);
        var one = reference == null ? null : reference.get();
        if (one == null) {
            known.put(value, new WeakReference<>(value));
            one = value;
        }
        return one;
    }
}
