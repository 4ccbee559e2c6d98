package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/// Tells the socket where to read to: into the frame that is being read, or into scratch memory of the loop.
///
/// Netty hands the scratch memory to the connection's reader and that one is done with it when it returns, so one piece
/// serves all connections of a loop, and none of them holds memory while it has nothing to say.
final class ReadPlacement extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int SCRATCH = 64 * 1024;

    private final FrameReader reader;
    private final FastThreadLocal<ByteBuf> scratch;

    ReadPlacement(FrameReader reader, FastThreadLocal<ByteBuf> scratch) {
        this.reader = reader;
        this.scratch = scratch;
    }

    /// One piece of scratch memory per loop, for all its connections.
    static FastThreadLocal<ByteBuf> scratch(ByteBufAllocator memory) {
        return new FastThreadLocal<>() {
            @Override
            protected ByteBuf initialValue() {
                return memory.directBuffer(SCRATCH);
            }

            @Override
            protected void onRemoval(ByteBuf piece) {
                piece.release();
            }
        };
    }

    // Deprecated is the interface's name for Netty 5, without a successor in 4.2.
    @SuppressWarnings("deprecation")
    @Override
    public Handle newHandle() {
        return new Placement();
    }

    private final class Placement extends MaxMessageHandle {
        @Override
        public int guess() {
            return SCRATCH;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator ignored) {
            var place = reader.place();
            return place != null
                    ? place
                    : scratch.get().retainedSlice(0, reader.scratchBytes(SCRATCH)).writerIndex(0);
        }
    }
}
