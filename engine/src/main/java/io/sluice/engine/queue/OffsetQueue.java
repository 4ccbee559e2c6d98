package io.sluice.engine.queue;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Growing offsets, first in first out, as differences of one or two bytes each. One that is taken out of turn is noted until its turn comes. Owned by
/// its queue.
///
/// ```text
///    first     differences, in chunks                       last
///   ┌──────┐  ┌───────────────┐   ┌───────────────┐
///   │offset│  │▒▒▒│ +1 │+1│+70 │──▶│+1│+1│          │
///   └──────┘  └───────────────┘   └───────────────┘
///               read ▲                    ▲ written
/// ```
public final class OffsetQueue {
    private static final int FIRST_CHUNK_BYTES = 64;
    private static final int CHUNK_BYTES = 1024;

    /// The last one is written at its position.
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>(1);

    private static final class Chunk {
        final ByteBuffer differences;

        /// The offset that its first difference is added to.
        long before;

        Chunk(int bytes) {
            differences = ByteBuffer.allocate(bytes);
        }
    }

    /// Taken out of turn.
    private @Nullable Set<Long> apart;

    /// Where in the first chunk the next difference is.
    private int readAt;

    private long first = -1;
    private long last = -1;
    private long size;

    public boolean isEmpty() {
        return size == 0;
    }

    public long size() {
        return size;
    }

    /// The smallest offset; -1 when there is none.
    public long peek() {
        return first;
    }

    /// Adds an offset larger than all before, also than those taken out.
    public void add(long offset) {
        assert offset > last : "offsets grow: " + offset + " after " + last;
        if (size == 0) {
            first = offset;
        } else {
            write(offset - last);
        }
        last = offset;
        size++;
    }

    /// Takes the smallest out.
    public long poll() {
        assert size > 0 : "only what is there can be taken";
        long taken = first;
        size--;
        if (size == 0) {
            chunks.clear();
            readAt = 0;
            first = -1;
            apart = null;
        } else {
            first += read();
            skipApart();
        }
        return taken;
    }

    /// Takes one out, wherever it is.
    ///
    /// @return false when it is not there
    public boolean take(long offset) {
        if (size > 0 && offset == first) {
            poll();
            return true;
        }
        if (!contains(offset)) {
            return false;
        }
        if (apart == null) {
            apart = new HashSet<>();
        }
        apart.add(offset);
        size--;
        return true;
    }

    /// Whether it is there. Looks into one chunk.
    public boolean contains(long offset) {
        if (size == 0
                || offset < first
                || offset > last
                || (apart != null && apart.contains(offset))) {
            return false;
        }
        long at = first;
        int from = readAt;
        ByteBuffer within = null;
        for (var chunk : chunks) {
            if (within != null) {
                if (chunk.before >= offset) {
                    break;
                }
                at = chunk.before;
                from = 0;
            }
            within = chunk.differences;
        }
        if (within != null) {
            var differences = within.duplicate().flip().position(from);
            while (at < offset && differences.hasRemaining()) {
                at += Varint.read(differences);
            }
        }
        return at == offset;
    }

    /// Every offset, in order.
    public void forEach(LongConsumer action) {
        if (size == 0) {
            return;
        }
        long offset = first;
        action.accept(offset);
        int from = readAt;
        for (var chunk : chunks) {
            var differences = chunk.differences.duplicate().flip().position(from);
            while (differences.hasRemaining()) {
                offset += Varint.read(differences);
                if (apart == null || !apart.contains(offset)) {
                    action.accept(offset);
                }
            }
            from = 0;
        }
    }

    /// How many bytes the differences take.
    long bytes() {
        long bytes = -readAt;
        for (var chunk : chunks) {
            bytes += chunk.differences.position();
        }
        return bytes;
    }

    private void write(long difference) {
        var chunk = chunks.peekLast();
        if (chunk == null || chunk.differences.remaining() < Varint.MAX_BYTES) {
            chunk = new Chunk(chunk == null ? FIRST_CHUNK_BYTES : CHUNK_BYTES);
            chunks.add(chunk);
        }
        if (chunk.differences.position() == 0) {
            chunk.before = last;
        }
        Varint.write(difference, chunk.differences);
    }

    /// The first one is there: those before it that are not are forgotten.
    private void skipApart() {
        if (apart == null) {
            return;
        }
        while (apart.remove(first)) {
            first += read();
        }
        if (apart.isEmpty()) {
            apart = null;
        }
    }

    private long read() {
        var chunk = chunks.element().differences;
        int written = chunk.position();
        long difference = Varint.read(chunk.position(readAt));
        readAt = chunk.position();
        chunk.position(written);
        if (readAt == written) {
            readAt = 0;
            if (chunks.size() > 1) {
                chunks.remove();
            } else {
                chunk.clear();
            }
        }
        return difference;
    }
}
