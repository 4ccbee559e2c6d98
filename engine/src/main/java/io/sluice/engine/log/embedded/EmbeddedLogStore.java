package io.sluice.engine.log.embedded;

import io.sluice.engine.log.Log;
import io.sluice.engine.log.LogStore;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Keeps all logs of one process on one disk.
public final class EmbeddedLogStore implements LogStore {
    private EmbeddedLogStore() {}

    /// Opens the store and starts its two threads.
    ///
    /// @param failed told once, on the store's thread, when the disk failed in a way after which nothing can be promised any more:
    ///     the process should stop loudly. Every pending and later append has failed by then.
    public static EmbeddedLogStore open(Storage storage, StoreSettings settings, Consumer<Throwable> failed)
            throws IOException {
        throw new IOException("the log store is being built");
    }

    /// Opens the store without threads: whoever opened it drives [#writer] and [#settler], all on one thread.
    public static EmbeddedLogStore openUndriven(Storage storage, StoreSettings settings, Consumer<Throwable> failed)
            throws IOException {
        throw new IOException("the log store is being built");
    }

    /// Writes, forces and completes what was appended.
    public Duty writer() {
        throw new UnsupportedOperationException("the log store is being built");
    }

    /// Settles, checkpoints, deletes files.
    public Duty settler() {
        throw new UnsupportedOperationException("the log store is being built");
    }

    @Override
    public Log open(String name) throws IOException {
        throw new IOException("the log store is being built");
    }

    @Override
    public void delete(String name) throws IOException {
        throw new IOException("the log store is being built");
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public void close() throws IOException {}
}
