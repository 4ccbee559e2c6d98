package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;

/// Runs what is hosted beside a partition, or what a shard has to tell another.
record TaskOperation(Runnable task) implements Command {
    @Override
    public void run(Shard shard) {
        task.run();
    }

    /// Only told when the shard has ended after it was handed over: then there is nobody left who could act on it.
    @Override
    public void refuse(BrokerError error) {}
}
