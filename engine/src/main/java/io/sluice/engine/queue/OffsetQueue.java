package io.sluice.engine.queue;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Growing offsets, first in first out, as differences of one or two bytes each. Owned by its queue.
public final class OffsetQueue {
    private static final int CHUNK_BYTES = 1024;

    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();

    /// The chunk that is written; the last of `chunks`, or a read one kept for the next offset.
    private @Nullable ByteBuffer tail;

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
            clear();
        } else {
            first += read();
        }
        return taken;
    }

    public void clear() {
        chunks.clear();
        tail = null;
        size = 0;
        first = -1;
    }

    /// Every offset, in order.
    public void forEach(LongConsumer action) {
        if (size == 0) {
            return;
        }
        long offset = first;
        action.accept(offset);
        for (var chunk : chunks) {
            var from = reading(chunk);
            while (from.hasRemaining()) {
                offset += Varint.read(from);
                action.accept(offset);
            }
        }
    }

    /// Chunks are written at their position; their mark of reading is their limit's twin, kept in front: see [#reading].
    private void write(long difference) {
        var chunk = tail;
        if (chunk == null || chunk.remaining() < Varint.MAX_BYTES) {
            chunk = ByteBuffer.allocate(CHUNK_BYTES);
            chunk.putInt(Integer.BYTES);
            tail = chunk;
            chunks.add(chunk);
        }
        Varint.write(difference, chunk);
    }

    private long read() {
        var chunk = chunks.element();
        var from = reading(chunk);
        long difference = Varint.read(from);
        if (from.hasRemaining()) {
            chunk.putInt(0, from.position());
        } else {
            chunks.remove();
            if (chunks.isEmpty()) {
                tail = null;
            }
        }
        return difference;
    }

    /// What of a chunk is not read yet. Its first four bytes say where that begins.
    private static ByteBuffer reading(ByteBuffer chunk) {
        return chunk.duplicate().flip().position(chunk.getInt(0));
    }
}
