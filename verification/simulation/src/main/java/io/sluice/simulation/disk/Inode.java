package io.sluice.simulation.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/// One file's bytes twice: as the operating system has them cached, and as they are on the platter.
final class Inode {
    private static final int SECTOR = 512;
    private static final double TEAR_INSIDE_A_SECTOR = 0.1;

    private byte[] cached = new byte[0];
    private byte[] durable = new byte[0];
    private int size;
    private int durableSize;
    private final BitSet dirty = new BitSet();

    int size() {
        return size;
    }

    /// By how many bytes writing `[position, position + length)` would grow the file.
    long growth(long position, int length) {
        return Math.max(0, position + length - size);
    }

    void write(int position, ByteBuffer from) {
        var end = position + from.remaining();
        if (position == end) {
            return;
        }
        cached = grown(cached, end);
        from.get(cached, position, end - position);
        size = Math.max(size, end);
        dirty.set(position / SECTOR, (end - 1) / SECTOR + 1);
    }

    int read(int position, ByteBuffer into) {
        if (position >= size) {
            return -1;
        }
        var length = Math.min(into.remaining(), size - position);
        into.put(cached, position, length);
        return length;
    }

    void truncate(int newSize) {
        if (newSize < size) {
            Arrays.fill(cached, newSize, size, (byte) 0);
            dirty.set(newSize / SECTOR, (size - 1) / SECTOR + 1);
            size = newSize;
        }
    }

    void force() {
        durable = grown(durable, cached.length);
        dirty.stream().forEach(this::persist);
        dirty.clear();
        durableSize = size;
    }

    /// A force that failed: some sectors made it, and the operating system forgets which did not.
    void failForce(RandomGenerator random) {
        durable = grown(durable, cached.length);
        dirty.stream().filter(_ -> random.nextBoolean()).forEach(this::persist);
        dirty.clear();
        if (random.nextBoolean()) {
            durableSize = size;
        }
    }

    /// What is left after the power came back.
    void crash(RandomGenerator random) {
        durable = grown(durable, cached.length);
        dirty.stream().forEach(sector -> settle(sector, random));
        dirty.clear();
        size = random.nextBoolean() ? size : durableSize;
        Arrays.fill(durable, Math.min(size, durable.length), durable.length, (byte) 0);
        cached = durable.clone();
        durableSize = size;
    }

    /// Turns over one bit, as a worn disk does.
    void flip(long bit) {
        cached[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
        durable = grown(durable, cached.length);
        persist((int) (bit / 8 / SECTOR));
    }

    private void settle(int sector, RandomGenerator random) {
        if (random.nextDouble() < TEAR_INSIDE_A_SECTOR) {
            var start = sector * SECTOR;
            var torn = random.nextInt(SECTOR);
            System.arraycopy(cached, start, durable, start, Math.min(torn, cached.length - start));
        } else if (random.nextBoolean()) {
            persist(sector);
        }
    }

    private void persist(int sector) {
        var start = sector * SECTOR;
        System.arraycopy(cached, start, durable, start, Math.min(SECTOR, cached.length - start));
    }

    private static byte[] grown(byte[] bytes, int needed) {
        if (needed <= bytes.length) {
            return bytes;
        }
        var sectors = (Math.max(needed, bytes.length + bytes.length / 2) + SECTOR - 1) / SECTOR;
        return Arrays.copyOf(bytes, sectors * SECTOR);
    }
}
