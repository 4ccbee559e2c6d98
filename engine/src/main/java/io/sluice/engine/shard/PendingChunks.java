package io.sluice.engine.shard;

import io.sluice.engine.log.Log;
import org.jspecify.annotations.Nullable;

/// Chunks that a shard has handed to the store, first in first out. The shard walks it up to the first that is not settled: no
/// message and no queue node per chunk. Owned by its shard's loop.
final class PendingChunks {
    private @Nullable PendingChunk first;
    private @Nullable PendingChunk last;

    /// Appends `chunk` to `log` and remembers it.
    void append(Log log, PendingChunk chunk) {
        expect(chunk);
        log.append(chunk);
    }

    /// Remembers a chunk that somebody else appends at once.
    void expect(PendingChunk chunk) {
        if (last == null) {
            first = chunk;
        } else {
            last.next = chunk;
        }
        last = chunk;
    }

    boolean isEmpty() {
        return first == null;
    }

    /// The oldest; each knows the next.
    @Nullable PendingChunk first() {
        return first;
    }

    /// Settles everything that the store is through with, in order.
    ///
    /// @return whether there was anything
    boolean settle(Shard shard) {
        boolean any = false;
        for (var chunk = first; chunk != null && chunk.isSettled(); chunk = first) {
            first = chunk.next;
            if (first == null) {
                last = null;
            }
            chunk.next = null;
            any = true;
            chunk.settle(shard);
        }
        return any;
    }
}
