package io.sluice.base;

import java.nio.ByteBuffer;

/// Memory of the garbage collector's: nothing to give back.
record UnpooledBuffer(ByteBuffer bytes) implements Buffer {
    @Override
    public void release() {}

    @Override
    public boolean outlivesRelease() {
        return true;
    }
}
