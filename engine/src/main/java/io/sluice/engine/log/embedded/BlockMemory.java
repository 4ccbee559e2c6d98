package io.sluice.engine.log.embedded;

import java.lang.foreign.Arena;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;

/// Memory outside the heap that goes back to the system as soon as it is given up: a collection, which would do that too, does not come for
/// long where there is little to do.
final class BlockMemory {
    private static final Cleaner CLEANER = Cleaner.create();

    /// Begins with a page.
    private static final int ALIGNMENT = 4096;

    private final ByteBuffer bytes;
    private final Cleaner.Cleanable arena;

    @SuppressWarnings("MustBeClosedChecker") // by free, or else by the cleaner
    BlockMemory(int size) {
        var arena = Arena.ofShared();
        var segment = arena.allocate(size, ALIGNMENT);
        this.bytes = segment.asByteBuffer();
        // Of a store that was never closed: with the last view of it.
        this.arena = CLEANER.register(segment, arena::close);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /// Whoever uses it afterwards gets an `IllegalStateException`.
    void free() {
        arena.clean();
    }
}
