package io.sluice.engine.log.embedded;

import java.nio.ByteBuffer;

/// Memory that commit batches are laid out in, one behind the other, and that readers at the tail are served from.
///
/// With its last holder its memory goes back to the cache for another block;
/// this object is then done with, so that who still knows it finds out instead of reading other bytes.
final class Block extends Held {
    private final ByteBuffer memory;
    private final BlockCache cache;
    /// Where the next batch begins. Owned by the writer.
    private int end;

    Block(ByteBuffer memory, BlockCache cache) {
        this.memory = memory;
        this.cache = cache;
    }

    ByteBuffer memory() {
        return memory;
    }

    int end() {
        return end;
    }

    int free() {
        return memory.capacity() - end;
    }

    /// Keeps what stands before `newEnd`: the next batch goes over what filled the last one up to whole blocks of the disk.
    void keepUntil(int newEnd) {
        assert end <= newEnd && newEnd <= memory.capacity() : "a batch fits into its block";
        end = newEnd;
    }

    /// The bytes from `from` on, read-only. Only for whoever holds the block.
    ByteBuffer view(int from, int length) {
        return memory.asReadOnlyBuffer().limit(from + length).position(from).slice();
    }

    @Override
    void released() {
        cache.returned(memory);
    }
}
