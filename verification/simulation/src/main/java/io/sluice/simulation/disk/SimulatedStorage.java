package io.sluice.simulation.disk;

import io.sluice.engine.storage.Storage;
import io.sluice.engine.storage.StoredFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Stream;

/// The disk as one process sees it, until the power goes.
final class SimulatedStorage implements Storage {
    private final SimulatedDisk disk;
    private final int boot;

    SimulatedStorage(SimulatedDisk disk, int boot) {
        this.disk = disk;
        this.boot = boot;
    }

    @Override
    public StoredFile open(String path, boolean create) throws IOException {
        disk.checkPower(boot);
        var inode = disk.names().files().get(path);
        if (inode == null) {
            if (!create || !disk.names().directories().contains(Names.parent(path))) {
                throw new NoSuchFileException(path);
            }
            change();
            inode = new Inode();
            disk.names().create(path, inode);
        }
        return new SimulatedFile(disk, boot, path, inode);
    }

    @Override
    public boolean exists(String path) {
        disk.checkPower(boot);
        return disk.names().files().containsKey(path) || disk.names().directories().contains(path);
    }

    @Override
    public List<String> list(String directory) {
        disk.checkPower(boot);
        var prefix = directory.isEmpty() ? "" : directory + "/";
        return Stream.concat(
                        disk.names().files().keySet().stream(), disk.names().directories().stream())
                .filter(
                        path ->
                                !path.isEmpty()
                                        && path.startsWith(prefix)
                                        && Names.parent(path).equals(directory))
                .map(path -> path.substring(prefix.length()))
                .sorted()
                .toList();
    }

    @Override
    public void createDirectory(String path) {
        change();
        disk.names().createDirectory(path);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        change();
        var inode = disk.names().files().get(from);
        if (inode == null) {
            throw new NoSuchFileException(from);
        }
        disk.names().rename(from, to, inode);
    }

    @Override
    public void delete(String path) throws IOException {
        change();
        if (disk.names().directories().contains(path) && !list(path).isEmpty()) {
            throw new DirectoryNotEmptyException(path);
        }
        if (exists(path)) {
            disk.names().delete(path);
        }
    }

    @Override
    public void forceDirectory(String path) throws IOException {
        change();
        if (disk.strikes(disk.faults().force())) {
            throw new IOException("simulated: forcing directory '" + path + "' failed");
        }
        disk.names().force(path);
    }

    @Override
    public long usableBytes() {
        disk.checkPower(boot);
        return disk.free();
    }

    private void change() {
        if (!disk.boundary(boot)) {
            disk.checkPower(boot);
        }
    }
}
