package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import org.jspecify.annotations.Nullable;

/// A reply that remembers what it was told, and that it was told once.
final class Answered<T> implements Reply<T> {
    private volatile @Nullable T value;
    private volatile @Nullable BrokerError error;

    @Override
    public void done(T done) {
        assert !isThere() : "answered twice: " + done;
        value = done;
    }

    @Override
    public void refused(BrokerError why) {
        assert !isThere() : "answered twice: " + why;
        error = why;
    }

    boolean isThere() {
        return value != null || error != null;
    }

    T value() {
        var is = value;
        assert is != null : "refused: " + error;
        return is;
    }

    BrokerError error() {
        var is = error;
        assert is != null : "not refused: " + value;
        return is;
    }
}
