package io.sluice.engine.log;

import io.sluice.base.Buffer;
import java.io.IOException;

/// Bytes to append and who wants to know about it. The store releases [#data] as soon as it no longer needs it, before or after the
/// completion.
public interface Chunk {
    Buffer data();

    /// True: forced before completion. False: handed to the operating system before completion, as
    /// `durability=os` allows.
    boolean forced();

    /// Durable. Called on the store's thread: keep it short and never block.
    void completed();

    /// All that became durable together with this chunk has been completed: the moment to wake who waits for several. Called once behind
    /// [#completed], as that is.
    default void groupCompleted() {}

    /// Not appended: a [StorageFullException], a [FencedException], or the disk's failure, after which the store takes no
    /// more appends. Called on the store's thread or, for a handle known to be fenced, on the caller's.
    void failed(IOException cause);
}
