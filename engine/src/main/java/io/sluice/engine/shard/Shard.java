package io.sluice.engine.shard;

/// One single-writer loop. Whoever drives it calls [#turn] until there is nothing to do, then waits for its bell, but
/// no longer than [#idleNanos].
public final class Shard {
    private final int index;

    Shard(int index) {
        this.index = index;
    }

    /// Does what there is to do now.
    ///
    /// @return whether there was anything
    public boolean turn() {
        return false;
    }

    /// True when a turn would find mail or completions.
    public boolean ready() {
        return false;
    }

    /// How long nothing will be due, in nanoseconds; `Long.MAX_VALUE` when no timer is set.
    public long idleNanos() {
        return Long.MAX_VALUE;
    }

    /// True after the last turn: the driver lets go.
    public boolean finished() {
        return true;
    }

    @Override
    public String toString() {
        return "shard-" + index;
    }
}
