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
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.UUID;

/// The directory with everything durable, held by one process at a time.
///
/// ```text
///   <data-dir>/lock         locked while a process uses the directory; holds its process id
///   <data-dir>/cluster-id   who this broker is to its clients, 22 characters, made at the first start
///   <data-dir>/store/       the log store's
/// ```
///
/// The lock is the operating system's, so it ends with the process however that ends.
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;
    private final String clusterId;

    private DataDirectory(Path path, FileChannel lock, String clusterId) {
        this.path = path;
        this.lock = lock;
        this.clusterId = clusterId;
    }

    /// Takes the directory for this process, creating it if it is missing.
    ///
    /// @throws StartFailedException if another process has it or it cannot be written
    static DataDirectory lock(Path path) {
        try {
            Files.createDirectories(path);
            var lock = take(path);
            try {
                return new DataDirectory(path, lock, readOrMakeClusterId(path));
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new StartFailedException("cannot use the data directory: " + failed, failed);
        }
    }

    String clusterId() {
        return clusterId;
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

    private static String readOrMakeClusterId(Path path) throws IOException {
        var file = path.resolve("cluster-id");
        if (!Files.exists(file)) {
            make(file);
        }
        var id = Files.readString(file).strip();
        if (!id.matches("[A-Za-z0-9_-]{22}")) {
            throw new StartFailedException(
                    file + " is damaged: it should hold 22 letters and digits");
        }
        return id;
    }

    /// Whole or not at all, also when the power fails: written aside, forced, renamed, and the
    /// directory forced.
    private static void make(Path file) throws IOException {
        var aside = file.resolveSibling("cluster-id.new");
        try (var channel = FileChannel.open(aside, CREATE, WRITE)) {
            channel.truncate(0);
            channel.write(ascii(randomId() + "\n"));
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        var directory = file.toAbsolutePath().getParent();
        assert directory != null : "a file in the data directory has a parent";
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    private static String randomId() {
        var uuid = UUID.randomUUID();
        var bytes =
                ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
