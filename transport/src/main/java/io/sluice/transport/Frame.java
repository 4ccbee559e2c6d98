package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.sluice.base.Buffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/// One request's bytes in the network's memory, without the length prefix.
///
/// Counted: whoever is handed a frame holds it once; [#lend] makes one more holder. When the last one lets go, the memory
/// and the bytes reserved for it go back.
public final class Frame {
    private final ByteBuf memory;
    private final int length;
    private final int reserved;
    private final MemoryBudget budget;
    private final AtomicInteger holders = new AtomicInteger(1);

    /// @param memory holds the frame's bytes from 0 on, and possibly others behind them
    /// @param reserved what was taken from `budget` for it
    Frame(ByteBuf memory, int length, int reserved, MemoryBudget budget) {
        this.memory = memory;
        this.length = length;
        this.reserved = reserved;
        this.budget = budget;
    }

    /// The bytes from position to limit; a new view of the same memory at every call, writable.
    public ByteBuffer bytes() {
        return memory.nioBuffer(0, length);
    }

    /// Length in bytes.
    public int length() {
        return length;
    }

    /// A part of [#bytes] as a buffer of its own, which keeps the whole frame until it is released.
    public Buffer lend(ByteBuffer part) {
        var before = holders.getAndIncrement();
        assert before > 0 : "only a held frame can be lent";
        return new Part(part, this);
    }

    /// Lets go of the frame. May be called on any thread.
    public void release() {
        var left = holders.decrementAndGet();
        assert left >= 0 : "a frame is released as often as it is held";
        if (left == 0) {
            memory.release();
            budget.release(reserved);
        }
    }

    private record Part(ByteBuffer bytes, Frame frame) implements Buffer {
        @Override
        public void release() {
            frame.release();
        }
    }
}
