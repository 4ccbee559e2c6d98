package io.sluice.engine.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.Optional;

/// A file of the machine's file system. Its channel is closed by whoever interrupts a thread inside it, so the threads that use it are
/// never interrupted.
final class ChannelFile implements StoredFile {
    private final String path;
    private final FileChannel channel;

    ChannelFile(String path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public void write(long position, ByteBuffer... buffers) throws IOException {
        try {
            var at = position;
            for (var buffer : buffers) {
                while (buffer.hasRemaining()) {
                    at += channel.write(buffer, at);
                }
            }
        } catch (IOException e) {
            throw explain(path, e);
        }
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        return channel.read(into, position);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public Optional<FileChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Tells a full disk from a failing one. The JDK has no type for it, only the operating system's words.
    static IOException explain(String path, IOException cause) {
        var words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return words.contains("no space left") || words.contains("quota exceeded")
                ? new NoSpaceException(path + ": " + cause.getMessage(), cause)
                : cause;
    }
}
