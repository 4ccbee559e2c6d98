package io.sluice.engine.partition;

import java.io.IOException;

/// Rewrites a partition's records before one point into a new clean log, a step at a time. Owned by its shard's loop; at most one per
/// partition. A crash before its fact is durable leaves nothing but an unused log.
public final class Compaction {
    private Compaction() {}

    io.sluice.engine.log.Log target() {
        throw new UnsupportedOperationException();
    }

    /// How far a step came.
    public sealed interface Progress {
        /// There is more to do at once.
        record Working() implements Progress {}

        /// Go on when more of the clean log is durable.
        record Waiting() implements Progress {}

        /// All is written and durable: journal the fact, then [Partition#apply] it, then delete the log of the previous generation.
        record Done(PartitionFact.Compacted fact) implements Progress {}
    }

    /// Does work worth about `maxBytes` of reading.
    ///
    /// @throws IOException when stored bytes cannot be read; [#abandon] it then
    public Progress step(int maxBytes) throws IOException {
        throw new UnsupportedOperationException("maxBytes " + maxBytes);
    }

    /// Gives up, for instance because an append to the clean log failed. The unfinished log may be deleted.
    public void abandon() {
        throw new UnsupportedOperationException();
    }
}
