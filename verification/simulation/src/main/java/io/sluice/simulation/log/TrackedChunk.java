package io.sluice.simulation.log;

import io.sluice.base.Buffer;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.StorageFullException;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.Tally;
import io.sluice.simulation.disk.Trouble;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A chunk that is appended for real. Tells the model how it ended: once, and refused only for a reason.
final class TrackedChunk implements Chunk {
    private final ModelChunk chunk;
    private final Buffer data;
    private final ModelLogs logs;
    private final RunningStore store;
    private final Trouble trouble;
    private final Tally tally;
    private boolean ended;

    TrackedChunk(
            ModelChunk chunk, ModelLogs logs, RunningStore store, Trouble trouble, Tally tally) {
        this.chunk = chunk;
        this.data = data(chunk);
        this.logs = logs;
        this.store = store;
        this.trouble = trouble;
        this.tally = tally;
    }

    private static Buffer data(ModelChunk chunk) {
        int length = (int) (chunk.end() - chunk.start());
        var bytes = chunk.log().content.bytes(chunk.start(), length);
        return Buffer.unpooled(ByteBuffer.allocateDirect(length).put(bytes).flip());
    }

    @Override
    public Buffer data() {
        return data;
    }

    @Override
    public boolean forced() {
        return chunk.forced();
    }

    @Override
    public void completed() {
        end();
        tally.acknowledged++;
        chunk.log().completed(chunk);
    }

    @Override
    public void failed(IOException cause) {
        end();
        if (!logs.isLive(chunk.log())) {
            return;
        }
        if (cause instanceof StorageFullException && !trouble.isFull()) {
            throw new InvariantBroken(
                    "RefusedOnlyForAReason",
                    chunk.log().name + " was refused for want of room: " + cause.getMessage());
        }
        store.dropHandle(chunk.log().name);
    }

    private void end() {
        if (ended) {
            throw new InvariantBroken("EveryChunkEndsOnce", chunk.log().name + " " + chunk);
        }
        ended = true;
    }
}
