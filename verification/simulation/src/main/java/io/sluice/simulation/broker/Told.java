package io.sluice.simulation.broker;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import java.util.function.Consumer;

/// A reply that nobody waits for.
public record Told<T>(Consumer<T> yes, Consumer<BrokerError> no) implements Reply<T> {
    @Override
    public void done(T value) {
        yes.accept(value);
    }

    @Override
    public void refused(BrokerError error) {
        no.accept(error);
    }
}
