package io.sluice.engine.log.embedded;

import java.util.ArrayDeque;

/// The memory of what was appended last, within a bound. The oldest block leaves when a new one is needed or when all in it was
/// settled; what readers still hold of it then is bounded too, as beyond that they are sent to the files instead. While
/// nothing is appended only the newest stay.
final class BlockCache {
    private static final int SPARE_MAX = 2;
    private static final int KEPT_AT_REST = 2;

    private final int blockBytes;
    private final int blocksMax;
    private final ArrayDeque<Block> cached = new ArrayDeque<>();
    private final ArrayDeque<BlockMemory> spare = new ArrayDeque<>();
    /// Blocks whose memory is in use, cached or not.
    private volatile int inUse;

    BlockCache(int blockBytes, long cacheBytes) {
        this.blockBytes = blockBytes;
        this.blocksMax = (int) Math.max(1, cacheBytes / blockBytes);
    }

    /// A block for the next batches.
    synchronized Block fresh() {
        keepNewest(blocksMax - 1);
        var memory = spare.pollFirst();
        var block = new Block(memory == null ? new BlockMemory(blockBytes) : memory, this);
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

    /// Nothing is appended for the time being: what readers need is most likely in the newest blocks, the rest they find in the files.
    synchronized void rest() {
        keepNewest(KEPT_AT_REST);
        spare.forEach(BlockMemory::free);
        spare.clear();
    }

    private void keepNewest(int count) {
        while (cached.size() > count) {
            cached.removeFirst().letGo();
        }
    }

    synchronized void returned(BlockMemory memory) {
        inUse--;
        if (spare.size() < SPARE_MAX) {
            spare.addFirst(memory);
        } else {
            memory.free();
        }
    }
}
