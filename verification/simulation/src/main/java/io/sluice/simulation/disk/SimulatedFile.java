package io.sluice.simulation.disk;

import io.sluice.engine.storage.NoSpaceException;
import io.sluice.engine.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// An open file of a simulated disk.
final class SimulatedFile implements StoredFile {
    private final SimulatedDisk disk;
    private final int boot;
    private final String path;
    private final Inode inode;

    SimulatedFile(SimulatedDisk disk, int boot, String path, Inode inode) {
        this.disk = disk;
        this.boot = boot;
        this.path = path;
        this.inode = inode;
    }

    @Override
    public void write(long position, ByteBuffer... buffers) throws IOException {
        var powered = disk.boundary(boot);
        var failing = disk.strikes(disk.faults().write());
        var at = Math.toIntExact(position);
        for (var buffer : buffers) {
            var part = buffer.duplicate();
            if (!powered || failing) {
                part.limit(part.position() + disk.random().nextInt(part.remaining() + 1));
            }
            var room = disk.free();
            var full = inode.growth(at, part.remaining()) > room;
            if (full) {
                part.limit(
                        Math.clamp(
                                inode.size() + room - at + part.position(),
                                part.position(),
                                part.limit()));
            }
            inode.write(at, part);
            disk.checkPower(boot);
            if (full) {
                throw new NoSpaceException(path + ": no room", new IOException("simulated"));
            }
            if (failing) {
                throw new IOException("simulated: writing " + path + " failed");
            }
            at += buffer.remaining();
            buffer.position(buffer.limit());
        }
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        disk.checkPower(boot);
        if (disk.strikes(disk.faults().read())) {
            throw new IOException("simulated: reading " + path + " failed");
        }
        if (into.remaining() > 1 && disk.strikes(disk.faults().shortRead())) {
            var part =
                    into.duplicate()
                            .limit(
                                    into.position()
                                            + 1
                                            + disk.random().nextInt(into.remaining() - 1));
            var read = inode.read(Math.toIntExact(position), part);
            into.position(into.position() + Math.max(0, read));
            return read;
        }
        return inode.read(Math.toIntExact(position), into);
    }

    @Override
    public long size() {
        disk.checkPower(boot);
        return inode.size();
    }

    @Override
    public void truncate(long size) {
        if (!disk.boundary(boot)) {
            disk.checkPower(boot);
        }
        inode.truncate(Math.toIntExact(size));
    }

    @Override
    public void force() throws IOException {
        if (!disk.boundary(boot)) {
            disk.checkPower(boot);
        }
        if (disk.strikes(disk.faults().force())) {
            inode.failForce(disk.random());
            throw new IOException("simulated: forcing " + path + " failed");
        }
        inode.force();
    }

    @Override
    public Optional<FileChannel> channel() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
