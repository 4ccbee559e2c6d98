package io.sluice.engine.log;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A log store in memory that behaves: bytes are durable, and their chunks complete, when a test says so or at once; the disk can be
/// full; a crash leaves what was durable. Thread-safe by one lock.
public final class MemoryLogStore implements LogStore {
    private final TreeMap<String, Stored> logs = new TreeMap<>();
    private final ArrayDeque<Arrived> pending = new ArrayDeque<>();
    private final boolean atOnce;
    private boolean full;
    private boolean failed;
    private final Set<String> unreadable = new HashSet<>();

    private MemoryLogStore(boolean atOnce) {
        this.atOnce = atOnce;
    }

    /// Chunks complete inside of the append.
    public static MemoryLogStore completingAtOnce() {
        return new MemoryLogStore(true);
    }

    /// Chunks complete at [#settle].
    public static MemoryLogStore completingWhenTold() {
        return new MemoryLogStore(false);
    }

    /// What a process finds that starts after this one was killed: all that was durable.
    public synchronized MemoryLogStore crashed(boolean nextAtOnce) {
        var next = new MemoryLogStore(nextAtOnce);
        logs.forEach(
                (name, stored) -> {
                    var kept = new Stored(stored.start, stored.bytes, stored.durable);
                    next.logs.put(name, kept);
                });
        return next;
    }

    /// Every append fails for want of room while `noRoom` is true.
    public synchronized void full(boolean noRoom) {
        full = noRoom;
    }

    /// The disk fails for good: every pending and later append fails.
    public synchronized void fail() {
        failed = true;
    }

    /// Whether reading that log fails.
    public synchronized void unreadable(String name, boolean is) {
        if (is) {
            unreadable.add(name);
        } else {
            unreadable.remove(name);
        }
    }

    /// Flips a bit of a durable byte.
    public synchronized void damage(String name, long position) {
        var stored = logs.get(name);
        assert stored != null : "only an existing log can be damaged: " + name;
        stored.bytes[(int) position] ^= 1;
    }

    /// How many chunks wait for [#settle].
    public synchronized int pending() {
        return pending.size();
    }

    /// Makes everything durable that was appended, and completes it in order.
    public void settle() {
        while (settleOne()) {}
    }

    /// Like [#settle], for the oldest chunk alone.
    ///
    /// @return whether there was one
    public boolean settleOne() {
        Arrived arrived;
        @Nullable IOException failure;
        synchronized (this) {
            arrived = pending.poll();
            if (arrived == null) {
                return false;
            }
            failure = arrived.handle.outcome(arrived);
        }
        if (failure == null) {
            arrived.chunk.completed();
        } else {
            arrived.chunk.failed(failure);
        }
        return true;
    }

    @Override
    public synchronized Log open(String name) throws IOException {
        if (failed) {
            throw new IOException("the disk has failed");
        }
        if (!logs.containsKey(name) && full) {
            throw new StorageFullException("no room for a new log");
        }
        var stored = logs.computeIfAbsent(name, _ -> new Stored(0, new byte[0], 0));
        var handle = new Handle(name, stored);
        stored.owner = handle;
        return handle;
    }

    @Override
    public synchronized void delete(String name) {
        var gone = logs.remove(name);
        if (gone != null) {
            gone.owner = null;
        }
    }

    @Override
    public synchronized List<String> names() {
        return new ArrayList<>(logs.keySet());
    }

    @Override
    public void close() {
        settle();
    }

    @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next, never compared
    private record Arrived(Handle handle, Chunk chunk, byte[] bytes) {}

    private static final class Stored {
        private long start;
        private byte[] bytes;
        private long durable;
        private @Nullable Handle owner;

        Stored(long start, byte[] bytes, long durable) {
            this.start = start;
            this.bytes = Arrays.copyOf(bytes, (int) durable);
            this.durable = durable;
        }
    }

    private final class Handle implements Log {
        private final String name;
        private final Stored stored;
        private long next;
        private boolean broken;

        Handle(String name, Stored stored) {
            this.name = name;
            this.stored = stored;
            this.next = stored.durable;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void append(Chunk chunk) {
            synchronized (MemoryLogStore.this) {
                var bytes = new byte[chunk.data().bytes().remaining()];
                chunk.data().bytes().duplicate().get(bytes);
                chunk.data().release();
                next += bytes.length;
                pending.add(new Arrived(this, chunk, bytes));
            }
            if (atOnce) {
                settle();
            }
        }

        private @Nullable IOException outcome(Arrived arrived) {
            if (failed) {
                return new IOException("the disk has failed");
            }
            if (stored.owner != this) {
                return new FencedException("log " + name + " was opened again or deleted");
            }
            if (full || broken) {
                broken = true;
                return new StorageFullException("no room on the disk");
            }
            int at = (int) stored.durable;
            int needed = at + arrived.bytes.length;
            if (needed > stored.bytes.length) {
                stored.bytes = Arrays.copyOf(stored.bytes, 2 * needed);
            }
            System.arraycopy(arrived.bytes, 0, stored.bytes, at, arrived.bytes.length);
            stored.durable = needed;
            return null;
        }

        @Override
        public long next() {
            synchronized (MemoryLogStore.this) {
                return next;
            }
        }

        @Override
        public long end() {
            synchronized (MemoryLogStore.this) {
                return stored.durable;
            }
        }

        @Override
        public long start() {
            synchronized (MemoryLogStore.this) {
                return stored.start;
            }
        }

        @Override
        public Slices read(long position, int max) throws IOException {
            var into = ByteBuffer.allocate((int) Math.min(max, Math.max(0, end() - position)));
            read(position, into);
            return into.position() == 0
                    ? Slices.empty()
                    : new Slices(
                            List.of(new Slice.InMemory(into.flip().asReadOnlyBuffer())), () -> {});
        }

        @Override
        public int read(long position, ByteBuffer into) throws IOException {
            synchronized (MemoryLogStore.this) {
                if (position < stored.start) {
                    throw new TrimmedException(
                            "position " + position + " lies before the start " + stored.start);
                }
                if (unreadable.contains(name())) {
                    throw new IOException("the medium gives nothing back");
                }
                int length =
                        (int) Math.min(into.remaining(), Math.max(0, stored.durable - position));
                into.put(stored.bytes, (int) position, length);
                return length;
            }
        }

        @Override
        public void trim(long before) {
            synchronized (MemoryLogStore.this) {
                stored.start = Math.clamp(before, stored.start, stored.durable);
            }
        }
    }
}
