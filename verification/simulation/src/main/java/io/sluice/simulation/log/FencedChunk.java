package io.sluice.simulation.log;

import io.sluice.base.Buffer;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.FencedException;
import io.sluice.simulation.InvariantBroken;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A chunk for a handle in whose place another one was opened: it must be refused for that reason and no other.
final class FencedChunk implements Chunk {
    private static final int LENGTH = 10;

    private final String log;
    private boolean fenced;

    FencedChunk(String log) {
        this.log = log;
    }

    boolean wasFenced() {
        return fenced;
    }

    @Override
    public Buffer data() {
        return Buffer.unpooled(ByteBuffer.wrap(new byte[LENGTH]));
    }

    @Override
    public boolean forced() {
        return true;
    }

    @Override
    public void completed() {
        throw new InvariantBroken(
                "AnOlderHandleIsFenced", log + " took an append through an older handle");
    }

    @Override
    public void failed(IOException cause) {
        fenced = cause instanceof FencedException;
    }
}
