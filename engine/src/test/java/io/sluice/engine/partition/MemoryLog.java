package io.sluice.engine.partition;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.TrimmedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/// A log in memory that makes chunks durable when it is told to, and loses the others in a [#crash].
final class MemoryLog implements Log {
    private final String name;
    private final Queue<Chunk> pending = new ArrayDeque<>();
    private byte[] bytes = new byte[1024];
    private long start;
    private long end;
    private long next;
    int reads;

    MemoryLog(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void append(Chunk chunk) {
        pending.add(chunk);
        next += chunk.data().bytes().remaining();
    }

    /// Makes the oldest chunks durable.
    void force(int chunks) {
        for (int i = 0; i < chunks && !pending.isEmpty(); i++) {
            var chunk = pending.remove();
            var data = chunk.data().bytes().duplicate();
            int length = data.remaining();
            if (end + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.max(2L * bytes.length, end + length));
            }
            data.get(bytes, (int) end, length);
            end += length;
            chunk.data().release();
            chunk.completed();
        }
    }

    void forceAll() {
        force(Integer.MAX_VALUE);
    }

    int pending() {
        return pending.size();
    }

    void crash() {
        pending.clear();
        next = end;
    }

    void flip(long position) {
        bytes[(int) position] ^= 0x10;
    }

    void zero(long from, long to) {
        Arrays.fill(bytes, (int) from, (int) to, (byte) 0);
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public Slices read(long position, int max) throws IOException {
        check(position);
        reads++;
        // Never more than one segment at a time, as the real store does.
        long segmentEnd = (position / 300_000 + 1) * 300_000;
        int length = (int) Math.min(Math.min(max, end - position), segmentEnd - position);
        var slice = ByteBuffer.wrap(bytes, (int) position, length).slice().asReadOnlyBuffer();
        return length == 0
                ? Slices.empty()
                : new Slices(List.of(new Slice.InMemory(slice)), () -> {});
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        check(position);
        reads++;
        int length = (int) Math.min(into.remaining(), end - position);
        into.put(bytes, (int) position, length);
        return length;
    }

    private void check(long position) throws TrimmedException {
        if (position < start) {
            throw new TrimmedException(position + " lies before " + start + " in " + name);
        }
    }

    @Override
    public void trim(long before) {
        assert before <= end : "trims what is durable: " + before;
        if (before > start) {
            start = before;
            Arrays.fill(bytes, 0, (int) start, (byte) 0xEE);
        }
    }
}
