package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.NoSpaceException;
import io.sluice.engine.storage.Storage;
import io.sluice.engine.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A disk that fills up or fails when a test says so. It does not force: nothing is lost that a process wrote as long as the machine
/// lives, and a busy disk would hold up every test.
final class FaultyStorage implements Storage {
    private final Storage disk;
    /// Which files there is no room for.
    Predicate<String> full = path -> false;
    /// Which files fail to be forced.
    Predicate<String> unforceable = path -> false;

    Predicate<String> unwritable = path -> false;
    Predicate<String> unreadable = path -> false;
    /// Which directories were forced.
    final List<String> forced = new ArrayList<>();
    long usable = Long.MAX_VALUE;
    int openFiles;
    int openFilesMost;
    boolean channels = true;

    FaultyStorage(Storage disk) {
        this.disk = disk;
    }

    @Override
    public StoredFile open(String path, boolean create) throws IOException {
        if (create && !disk.exists(path) && full.test(path)) {
            throw new NoSpaceException(path + ": no room", new IOException("no room"));
        }
        var file = disk.open(path, create);
        openFiles++;
        openFilesMost = Math.max(openFilesMost, openFiles);
        return new Faulty(path, file);
    }

    private final class Faulty implements StoredFile {
        private final String path;
        private final StoredFile file;

        Faulty(String path, StoredFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(long position, ByteBuffer... buffers) throws IOException {
            if (full.test(path)) {
                throw new NoSpaceException(path + ": no room", new IOException("no room"));
            }
            if (unwritable.test(path)) {
                throw new IOException(path + ": input/output error");
            }
            file.write(position, buffers);
        }

        @Override
        public void force() throws IOException {
            if (unforceable.test(path)) {
                throw new IOException(path + ": input/output error");
            }
        }

        @Override
        public int read(long position, ByteBuffer into) throws IOException {
            if (unreadable.test(path)) {
                throw new IOException(path + ": input/output error");
            }
            return file.read(position, into);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public Optional<FileChannel> channel() {
            return channels ? file.channel() : Optional.empty();
        }

        @Override
        public void close() throws IOException {
            openFiles--;
            file.close();
        }
    }

    @Override
    public boolean exists(String path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public void createDirectory(String path) throws IOException {
        disk.createDirectory(path);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(String path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void forceDirectory(String path) throws IOException {
        if (unforceable.test(path)) {
            throw new IOException(path + ": input/output error");
        }
        forced.add(path);
    }

    @Override
    public long usableBytes() throws IOException {
        return Math.min(usable, disk.usableBytes());
    }
}
