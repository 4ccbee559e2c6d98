package io.sluice.engine.log.embedded;

import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.FencedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A chunk on its way from the caller to its completion.
final class Pending {
    final LogHandle handle;
    final Chunk chunk;
    final long position;
    final int length;

    // ---- owned by the writer ----
    /// The next chunk of the same log in the batch.
    @Nullable Pending next;
    /// True when the chunk begins a run, false when it goes on with the one before.
    boolean startsRun;
    /// The segment that the bytes were written to, of a large chunk.
    @Nullable SegmentFile segment;

    private boolean released;
    private boolean told;

    Pending(LogHandle handle, Chunk chunk, long position, int length) {
        this.handle = handle;
        this.chunk = chunk;
        this.position = position;
        this.length = length;
    }

    /// Gives the caller's memory back, at the first call.
    void release() {
        if (!released) {
            released = true;
            chunk.data().release();
        }
    }

    void complete() {
        told = true;
        chunk.completed();
    }

    /// All chunks of its batch are complete.
    void groupComplete() {
        chunk.groupCompleted();
    }

    /// Tells the caller that the chunk was not appended, unless it was told something before.
    void refuse(IOException cause) {
        if (told) {
            return;
        }
        told = true;
        if (!(cause instanceof FencedException)) {
            handle.broken = cause;
        }
        release();
        chunk.failed(cause);
    }
}
