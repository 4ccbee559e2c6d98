package io.sluice.base;

import java.nio.ByteBuffer;

/// Bytes that somebody lent, with the way to give them back. Whoever receives a buffer owns it and releases it exactly
/// once; after that the bytes may be anything.
public interface Buffer {
    /// The bytes from position to limit. The same object at every call: whoever moves its position works on a duplicate.
    ByteBuffer bytes();

    /// Gives the memory back to its lender. May be called on any thread.
    void release();

    /// True when the bytes stay what they are after [#release]: nobody else gets the memory while somebody looks at it.
    default boolean outlivesRelease() {
        return false;
    }

    /// A buffer over memory that the garbage collector owns.
    static Buffer unpooled(ByteBuffer bytes) {
        return new UnpooledBuffer(bytes);
    }
}
