package io.sluice.engine.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// An open file. Written bytes are durable after [#force] and not before; until then a crash may keep, lose or tear each
/// sector by itself.
public interface StoredFile extends AutoCloseable {
    /// Writes all bytes of all buffers, one behind the other, from `position` on. The buffers' positions move to their
    /// limits. An exception says nothing about what was written.
    void write(long position, ByteBuffer... buffers) throws IOException;

    /// Reads up to `into.remaining()` bytes.
    ///
    /// @return how many; -1 at or behind the end of the file
    int read(long position, ByteBuffer into) throws IOException;

    long size() throws IOException;

    void truncate(long size) throws IOException;

    /// Makes the content durable (`fdatasync`). After a failure nothing is known about any byte written since the last force
    /// that returned: whoever relies on it stops.
    void force() throws IOException;

    /// The channel for sending stored bytes as they are, where bytes in the file are the bytes that were written.
    Optional<FileChannel> channel();

    @Override
    void close() throws IOException;
}
