package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of bytes into frames. Holds no socket: ask it where to read to, feed it what was read.
///
/// ```text
///   ┌────────┬───────────────┐
///   │  size  │    payload    │
///   │  i32   │  size bytes   │
///   └────────┴───────────────┘
/// ```
///
/// Bytes are moved as little as their kind allows. A read that starts a frame goes to scratch memory which all connections of a
/// loop share, and from there into frames: for small frames that is many per read. Once a larger frame has
/// begun, the next read goes straight to its place ([#place]), and the few bytes behind it that come along begin the next one.
/// After a large frame the scratch read is kept short, as another large one will follow.
///
/// Owned by its connection's loop.
final class FrameReader implements ReadPlacement.Reads {
    /// From this size on a frame is worth a read of its own.
    static final int LARGE = 8 * 1024;

    /// Room behind a large frame. A read that does not fill it has emptied the socket, which saves asking it again.
    static final int ROOM_BEHIND = 256;

    private final int bytesMax;
    private final MemoryBudget budget;
    private final ByteBufAllocator memory;
    private final Owner owner;

    private int headerBytes;
    private int header;

    /// The frame being read, its length and how much of it is still to come.
    private @Nullable ByteBuf frame;

    private int length;
    private int missing;

    /// The part of `frame` that the next read goes to, while it is with the reader.
    private @Nullable ByteBuf placed;

    private boolean lastWasLarge;
    private MemoryBudget.@Nullable Waiter inLine;

    /// Read, but not yet cut: the owner did not want more or memory was short.
    private @Nullable ByteBuf rest;

    private boolean closed;

    /// Whom the frames are for.
    interface Owner {
        /// Takes the frame over.
        void frame(Frame frame);

        /// Whether another frame is welcome now.
        boolean welcomesFrames();

        /// Memory was short and is there again: call [FrameReader#resume], from the connection's loop. On any thread.
        void memoryGranted();

        /// These are no frames; nothing more will be read.
        void malformed(String reason);
    }

    FrameReader(int bytesMax, MemoryBudget budget, ByteBufAllocator memory, Owner owner) {
        this.bytesMax = bytesMax;
        this.budget = budget;
        this.memory = memory;
        this.owner = owner;
    }

    /// The frame's place if that is known.
    @Override
    public @Nullable ByteBuf place() {
        var begun = frame;
        if (begun == null || length < LARGE) {
            return null;
        }
        placed = begun.retainedSlice(length - missing, missing + ROOM_BEHIND).writerIndex(0);
        return placed;
    }

    @Override
    public int scratchBytes(int capacity) {
        return lastWasLarge ? Math.min(ROOM_BEHIND, capacity) : capacity;
    }

    @Override
    public int readsPerTurn() {
        return 1;
    }

    /// Whether it stands still until memory is there.
    boolean waitsForMemory() {
        return inLine != null;
    }

    /// Takes what was read, and releases it.
    // Whether it is the very piece of memory that was handed out is the question; equal bytes
    // elsewhere are not it.
    @SuppressWarnings("ReferenceEquality")
    void accept(ByteBuf read) {
        if (read == placed) {
            placed = null;
            var landed = Math.min(read.readableBytes(), missing);
            read.skipBytes(landed);
            missing -= landed;
            if (missing == 0) {
                complete();
            }
        }
        if (rest == null) {
            cut(read, false);
        } else {
            keepBehind(rest, read);
        }
    }

    /// Goes on with what was kept, if the owner and the memory allow it now.
    void resume() {
        var kept = rest;
        if (kept != null) {
            rest = null;
            budget.release(kept.readableBytes());
            cut(kept, true);
        }
    }

    /// Memory was granted for the frame whose size is known.
    void granted() {
        if (inLine != null) {
            inLine = null;
            begin();
        }
    }

    /// Gives everything back.
    void close() {
        closed = true;
        if (inLine != null && !inLine.leave()) {
            budget.release(reservation(length));
        }
        inLine = null;
        if (frame != null) {
            frame.release();
            budget.release(reservation(length));
            frame = null;
        }
        if (rest != null) {
            budget.release(rest.readableBytes());
            rest.release();
            rest = null;
        }
    }

    /// @param ours whether the bytes may stay where they are, which those of a read may not
    private void cut(ByteBuf bytes, boolean ours) {
        while (!closed && bytes.isReadable()) {
            if (inLine != null || !owner.welcomesFrames()) {
                budget.overdraw(bytes.readableBytes());
                rest = ours ? bytes : copied(bytes);
                return;
            }
            if (frame != null) {
                fill(bytes);
            } else if (headerComplete(bytes)) {
                announce();
            }
        }
        bytes.release();
    }

    private boolean headerComplete(ByteBuf bytes) {
        if (headerBytes == 0 && bytes.readableBytes() >= Integer.BYTES) {
            header = bytes.readInt();
            return true;
        }
        header = (header << 8) | bytes.readUnsignedByte();
        headerBytes++;
        if (headerBytes < Integer.BYTES) {
            return false;
        }
        headerBytes = 0;
        return true;
    }

    /// A frame's size is known; nothing is allocated for it unless it is allowed and reserved.
    private void announce() {
        length = header;
        if (length <= 0 || length > bytesMax) {
            closed = true;
            owner.malformed(
                    "a frame of %d bytes, where 1 to %d are allowed".formatted(length, bytesMax));
        } else if (budget.reserve(reservation(length))) {
            begin();
        } else {
            // Set before it can be granted, which may happen within the call.
            inLine = budget.await(reservation(length), owner::memoryGranted);
        }
    }

    private void begin() {
        frame = memory.directBuffer(reservation(length));
        missing = length;
    }

    private void fill(ByteBuf bytes) {
        var begun = frame;
        assert begun != null : "only a frame that has begun can be filled";
        var taken = Math.min(missing, bytes.readableBytes());
        begun.setBytes(length - missing, bytes, taken);
        missing -= taken;
        if (missing == 0) {
            complete();
        }
    }

    private void complete() {
        var done = frame;
        assert done != null : "only a frame that has begun can be complete";
        frame = null;
        lastWasLarge = length >= LARGE;
        owner.frame(new Frame(done, length, reservation(length), budget));
    }

    private static int reservation(int length) {
        return length < LARGE ? length : length + ROOM_BEHIND;
    }

    /// Bytes to keep beyond this read: at most as many as one read brings, so their memory is not waited for.
    private ByteBuf copied(ByteBuf bytes) {
        var copy = memory.directBuffer(bytes.readableBytes()).writeBytes(bytes);
        bytes.release();
        return copy;
    }

    private void keepBehind(ByteBuf kept, ByteBuf bytes) {
        budget.overdraw(bytes.readableBytes());
        kept.writeBytes(bytes);
        bytes.release();
    }
}
