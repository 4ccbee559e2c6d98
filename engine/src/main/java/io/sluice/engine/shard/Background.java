package io.sluice.engine.shard;

import java.util.ArrayDeque;

/// Work that can wait, in small steps: one per turn, in rotation, so that it never holds up the commands for longer than a step
/// takes. Owned by its shard's loop.
final class Background {
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();

    /// Something that takes more than one step.
    interface Work {
        /// Does about a millisecond's worth at most.
        ///
        /// @return whether there is more to do
        boolean step(Shard shard);
    }

    void add(Work work) {
        waiting.add(work);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// @return whether there was something to do
    boolean step(Shard shard) {
        var work = waiting.poll();
        if (work == null) {
            return false;
        }
        if (work.step(shard)) {
            waiting.add(work);
        }
        return true;
    }
}
