package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;

/// Brings a shard to its end.
record StopOperation(Runnable done) implements Command {
    @Override
    public void run(Shard shard) {
        shard.stop(new Stopping(done));
    }

    @Override
    public void refuse(BrokerError error) {
        done.run();
    }
}
