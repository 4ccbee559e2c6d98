package io.sluice.engine.shard;

/// A shard's way to its end: appends settle, then checkpoints are written, then those settle. Owned by its shard's loop.
final class Stopping {
    private final Runnable done;
    private boolean checkpointed;

    /// @param done told on the shard's thread at its very end
    Stopping(Runnable done) {
        this.done = done;
    }

    /// Takes the next step as soon as it can.
    boolean isDone(Shard shard) {
        if (!shard.isSettled()) {
            return false;
        }
        if (!checkpointed) {
            checkpointed = true;
            shard.checkpoints().all();
        }
        return shard.isSettled();
    }

    void done() {
        done.run();
    }
}
