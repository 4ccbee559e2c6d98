package io.sluice.engine.log.embedded;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// The memory of what was appended last, within a bound. The oldest block leaves when a new one is needed or when all in it was
/// settled; what readers still hold of it then is bounded too, as beyond that they are sent to the files instead.
final class BlockCache {
    private final int blockBytes;
    private final int blocksMax;
    private final ArrayDeque<Block> cached = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();
    /// Blocks whose memory is in use, cached or not.
    private volatile int inUse;

    BlockCache(int blockBytes, long cacheBytes) {
        this.blockBytes = blockBytes;
        this.blocksMax = (int) Math.max(1, cacheBytes / blockBytes);
    }

    /// A block for the next batches.
    synchronized Block fresh() {
        while (cached.size() >= blocksMax) {
            cached.removeFirst().letGo();
        }
        var memory = spare.pollFirst();
        var block =
                new Block(memory == null ? ByteBuffer.allocateDirect(blockBytes) : memory, this);
        inUse++;
        cached.addLast(block);
        return block;
    }

    /// No reader will ask for it from now on.
    synchronized void evict(Block block) {
        if (cached.remove(block)) {
            block.letGo();
        }
    }

    /// Holds the block for a reader, unless slow readers hold too much memory already.
    boolean hold(Block block) {
        return inUse <= 2 * blocksMax && block.hold();
    }

    synchronized void returned(ByteBuffer memory) {
        inUse--;
        if (spare.size() < 2) {
            spare.addFirst(memory.clear());
        }
    }
}
