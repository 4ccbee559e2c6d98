package io.sluice.base;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A run of stored bytes on its way to a reader: in memory, or still in the file it lies in, so that a socket can take
/// it from there without a copy through the process.
public sealed interface Slice {
    /// Length in bytes.
    int length();

    /// Bytes in memory, read-only, from position to limit.
    record InMemory(ByteBuffer bytes) implements Slice {
        @Override
        public int length() {
            return bytes.remaining();
        }
    }

    /// Bytes `[position, position + length)` of an open file.
    ///
    /// @param settled true when the bytes were written a while ago and may no longer be in the page cache: whoever sends
    ///     them does so where waiting for the disk holds up nobody else
    record InFile(FileChannel file, long position, int length, boolean settled) implements Slice {}
}
