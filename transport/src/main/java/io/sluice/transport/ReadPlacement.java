package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/// Tells the socket where to read to: into the frame that is being read, or into scratch memory of the loop.
///
/// Netty hands the scratch memory to the connection and that one is done with it when it returns, so one piece
/// serves all connections of a loop, and none of them holds memory while it has nothing to say.
final class ReadPlacement extends DefaultMaxMessagesRecvByteBufAllocator {
    static final int SCRATCH = 64 * 1024;

    private final Reads reads;
    private final FastThreadLocal<ByteBuf> scratch;

    ReadPlacement(Reads reads, FastThreadLocal<ByteBuf> scratch) {
        super(reads.readsPerTurn());
        this.reads = reads;
        this.scratch = scratch;
    }

    /// What a connection says of its next read.
    interface Reads {
        /// Where it goes if it has a place of its own; null: to scratch memory, [#scratchBytes] of it.
        @Nullable ByteBuf place();

        int scratchBytes(int capacity);

        /// How often it is read before others have their turn.
        int readsPerTurn();
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
            var place = reads.place();
            return place != null
                    ? place
                    : scratch.get().retainedSlice(0, reads.scratchBytes(SCRATCH)).writerIndex(0);
        }
    }
}
