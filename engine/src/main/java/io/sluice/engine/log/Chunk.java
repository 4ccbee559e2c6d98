package io.sluice.engine.log;

import io.sluice.base.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Bytes to append and who wants to know about it. The store releases [#data] as soon as it no longer needs it, before or after the
/// completion.
public interface Chunk {
    Buffer data();

    /// True: forced before completion. False: handed to the operating system before completion, as
    /// `durability=os` allows.
    boolean forced();

    /// Why it shall not be appended any more, because a chunk that it depends on was not; null: it shall. Asked right before it is taken, when all chunks that were
    /// appended before have been taken or refused. It then fails with that, and so do all later ones of its handle.
    default @Nullable IOException prevented() {
        return null;
    }

    /// Durable. Called on the store's thread: keep it short and never block.
    void completed();

    /// All that became durable together with this chunk has been completed: the moment to wake who waits for several. Called once behind
    /// [#completed], as that is.
    default void groupCompleted() {}

    /// Not appended: a [StorageFullException], a [FencedException], or the disk's failure, after which the store takes no
    /// more appends. Called on the store's thread or, for a handle known to be fenced, on the caller's.
    void failed(IOException cause);
}
