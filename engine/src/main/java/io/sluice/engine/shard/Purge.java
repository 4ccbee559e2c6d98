package io.sluice.engine.shard;

/// Lets all go that is ready. Owned by its shard's loop.
final class Purge {
    private Purge() {}

    /// @return how many messages that were
    static long run(HostedQueue queue) {
        var state = queue.state();
        long count = queue.ready();
        while (true) {
            queue.passHoles();
            if (!state.find(queue.highWatermark())) {
                break;
            }
            queue.nothingAt(state.foundFirst(), state.foundLast());
        }
        queue.forgetAllKnown();
        queue.forgetReadyBytes();
        queue.reader().forget();
        queue.trimmable = true;
        return count;
    }
}
