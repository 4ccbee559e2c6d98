package io.sluice.engine.queue;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/// Growing offsets, first in first out, as differences of one or two bytes each. Owned by its queue.
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
    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(1);

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
        } else {
            first += read();
        }
        return taken;
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
            var differences = chunk.duplicate().flip().position(from);
            while (differences.hasRemaining()) {
                offset += Varint.read(differences);
                action.accept(offset);
            }
            from = 0;
        }
    }

    /// How many bytes the differences take.
    long bytes() {
        long bytes = -readAt;
        for (var chunk : chunks) {
            bytes += chunk.position();
        }
        return bytes;
    }

    private void write(long difference) {
        var chunk = chunks.peekLast();
        if (chunk == null || chunk.remaining() < Varint.MAX_BYTES) {
            chunk = ByteBuffer.allocate(chunk == null ? FIRST_CHUNK_BYTES : CHUNK_BYTES);
            chunks.add(chunk);
        }
        Varint.write(difference, chunk);
    }

    private long read() {
        var chunk = chunks.element();
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
