package io.sluice.simulation.broker;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import org.jspecify.annotations.Nullable;

/// An answer that is waited for by taking turns.
public final class Answer<T> implements Reply<T> {
    private @Nullable T value;
    private @Nullable BrokerError error;

    @Override
    public void done(T done) {
        assert isOpen() : "a command is answered once";
        value = done;
    }

    @Override
    public void refused(BrokerError refusal) {
        assert isOpen() : "a command is answered once";
        error = refusal;
    }

    public boolean isOpen() {
        return value == null && error == null;
    }

    public @Nullable T value() {
        return value;
    }

    public @Nullable BrokerError error() {
        return error;
    }
}
