package io.sluice.base;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/// What a read found: slices in order, and the pins that keep their memory and files in place until [#close].
///
/// Whoever receives it closes it exactly once, after the last byte was sent or copied. May be closed on any thread.
public final class Slices implements AutoCloseable {
    private static final Slices EMPTY = new Slices(List.of(), () -> {});

    private final List<Slice> slices;
    private final long bytes;
    private final Runnable unpin;

    /// @param unpin gives back whatever keeps the slices in place
    public Slices(List<Slice> slices, Runnable unpin) {
        this.slices = List.copyOf(slices);
        this.bytes = this.slices.stream().mapToLong(Slice::length).sum();
        this.unpin = unpin;
    }

    /// Nothing.
    public static Slices empty() {
        return EMPTY;
    }

    public List<Slice> slices() {
        return slices;
    }

    /// Total length in bytes.
    public long bytes() {
        return bytes;
    }

    /// All bytes in one new buffer, read from files where they lie in files: for whoever looks into them, on a thread
    /// that may wait for a disk.
    ///
    /// @throws IOException when a file cannot be read or ends too early
    public ByteBuffer copy() throws IOException {
        var copy = ByteBuffer.allocate(Math.toIntExact(bytes));
        for (var slice : slices) {
            switch (slice) {
                case Slice.InMemory(ByteBuffer memory) -> copy.put(memory.duplicate());
                case Slice.InFile(FileChannel file, long position, int length, boolean _) ->
                        read(file, position, copy.slice(copy.position(), length), copy);
            }
        }
        return copy.flip();
    }

    private static void read(FileChannel file, long position, ByteBuffer part, ByteBuffer whole)
            throws IOException {
        while (part.hasRemaining()) {
            if (file.read(part, position + part.position()) < 0) {
                throw new EOFException("the file ends before the slice at " + position);
            }
        }
        whole.position(whole.position() + part.limit());
    }

    @Override
    public void close() {
        unpin.run();
    }
}
