package io.sluice.engine.storage;

import java.io.IOException;
import java.util.List;

/// One directory tree. Paths are relative to its root, with `/` between names.
///
/// Every method that writes throws [NoSpaceException], and no other exception, when there is no room for it: the store then waits for
/// room. Any other failure to write or to force ends it.
///
/// Creating, renaming and deleting become durable with [#forceDirectory] of the directory concerned, not before.
public interface Storage {
    /// Opens a file for reading and writing.
    ///
    /// @throws java.nio.file.NoSuchFileException unless `create` is set, when there is none
    StoredFile open(String path, boolean create) throws IOException;

    boolean exists(String path) throws IOException;

    /// Names in a directory, sorted; empty when there is no such directory.
    List<String> list(String directory) throws IOException;

    /// Creates the directory and those above it, where missing.
    void createDirectory(String path) throws IOException;

    /// Moves a file in one step, over an existing one if there is one.
    void rename(String from, String to) throws IOException;

    /// Deletes a file or an empty directory; nothing happens when there is none.
    void delete(String path) throws IOException;

    void forceDirectory(String path) throws IOException;

    /// Bytes that can still be written, as far as the file system says.
    long usableBytes() throws IOException;
}
