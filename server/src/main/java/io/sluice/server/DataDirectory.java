package io.sluice.server;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The directory with everything durable, held by one process at a time.
///
/// ```text
///   <data-dir>/lock     locked while a process uses the directory; holds its process id
///   <data-dir>/store/   the log store's
/// ```
///
/// The lock is the operating system's, so it ends with the process however that ends.
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Takes the directory for this process, creating it if it is missing.
    ///
    /// @throws StartFailedException if another process has it or it cannot be written
    static DataDirectory lock(Path path) {
        try {
            Files.createDirectories(path);
            return new DataDirectory(path, take(path));
        } catch (IOException failed) {
            throw new StartFailedException("cannot use the data directory: " + failed, failed);
        }
    }

    /// Where the log store keeps its files.
    Path store() {
        return path.resolve("store");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static FileChannel take(Path path) throws IOException {
        var channel = FileChannel.open(path.resolve("lock"), CREATE, READ, WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(path, "process " + holder(channel));
            }
        } catch (OverlappingFileLockException ours) {
            channel.close();
            throw inUse(path, "this very process");
        } catch (StartFailedException taken) {
            channel.close();
            throw taken;
        }
        channel.truncate(0);
        channel.write(ascii(Long.toString(ProcessHandle.current().pid())), 0);
        return channel;
    }

    private static StartFailedException inUse(Path path, String holder) {
        return new StartFailedException(
                "the data directory "
                        + path.toAbsolutePath().normalize()
                        + " is in use by "
                        + holder);
    }

    private static String holder(FileChannel channel) throws IOException {
        var text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
