package io.sluice.engine.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A directory of the machine's file system. Only one process at a time: the file `lock` in it is held until [#close].
public final class FileStorage implements Storage, AutoCloseable {
    private final Path root;
    private final FileStore fileSystem;
    private final FileChannel lock;

    private FileStorage(Path root, FileChannel lock) throws IOException {
        this.root = root;
        this.lock = lock;
        this.fileSystem = Files.getFileStore(root);
    }

    /// Opens the directory, creating it where missing.
    ///
    /// @throws StorageInUseException when another process (or this one) has it open
    public static FileStorage open(Path root) throws IOException {
        Files.createDirectories(root);
        var lock = FileChannel.open(root.resolve("lock"), CREATE, WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new StorageInUseException(root + " is in use by another process");
            }
            return new FileStorage(root, lock);
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new StorageInUseException(root + " is in use by this process");
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public StoredFile open(String path, boolean create) throws IOException {
        var file = root.resolve(path);
        try {
            return new ChannelFile(
                    path,
                    create
                            ? FileChannel.open(file, READ, WRITE, CREATE)
                            : FileChannel.open(file, READ, WRITE));
        } catch (IOException e) {
            throw ChannelFile.explain(path, e);
        }
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        var path = root.resolve(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var names = Files.list(path)) {
            return names.map(name -> name.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void createDirectory(String path) throws IOException {
        try {
            Files.createDirectories(root.resolve(path));
        } catch (IOException e) {
            throw ChannelFile.explain(path, e);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(root.resolve(from), root.resolve(to), ATOMIC_MOVE);
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(root.resolve(path));
    }

    @Override
    public void forceDirectory(String path) throws IOException {
        try (var directory = FileChannel.open(root.resolve(path), READ)) {
            directory.force(true);
        }
    }

    @Override
    public long usableBytes() throws IOException {
        return fileSystem.getUsableSpace();
    }

    /// Lets the next process in. Files that are still open stay usable.
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
