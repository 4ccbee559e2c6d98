package io.sluice.engine.log;

import java.io.IOException;
import java.util.List;

/// Keeps logs by name. Thread-safe.
public interface LogStore extends AutoCloseable {
    /// Opens the log, creating it when there is none, and fences whoever had opened it before: every append through an older handle
    /// that is not yet durable, and every later one, fails with [FencedException].
    ///
    /// @param name 1 to 200 characters of `a-z A-Z 0-9 . _ -`
    Log open(String name) throws IOException;

    /// Deletes the log and all it holds, once durable. An open handle is fenced. Nothing happens when there is none.
    void delete(String name) throws IOException;

    /// The logs that exist, sorted.
    List<String> names();

    /// Makes what was appended durable and closes the store.
    @Override
    void close() throws IOException;
}
