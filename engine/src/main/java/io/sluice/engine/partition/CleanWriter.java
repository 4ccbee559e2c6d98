package io.sluice.engine.partition;

import io.sluice.base.Buffer;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.Log;
import java.nio.ByteBuffer;
import java.util.function.Function;

/// Writes a clean log: gathers batches to chunks, and indexes them.
final class CleanWriter {
    private static final int CHUNK_BYTES = 512 * 1024;

    /// So much may wait for the disk before the compaction does.
    private static final long UNFORCED_BYTES_MAX = 8 * 1024 * 1024;

    final OffsetIndex index = new OffsetIndex();
    private final Log target;
    private final Function<Buffer, Chunk> chunk;
    private ByteBuffer gathered = ByteBuffer.allocate(0);

    CleanWriter(Log target, Function<Buffer, Chunk> chunk) {
        assert target.next() == 0 : "a clean log is new: " + target.name();
        this.target = target;
        this.chunk = chunk;
    }

    /// Writes a batch's bytes behind the others.
    void add(ByteBuffer batch, long baseOffset, long maxTimestamp) {
        if (gathered.remaining() < batch.remaining()) {
            flush();
            gathered = ByteBuffer.allocate(Math.max(CHUNK_BYTES, batch.remaining()));
        }
        index.append(baseOffset, bytes(), maxTimestamp);
        gathered.put(batch);
    }

    /// Hands what was gathered to the log.
    void flush() {
        if (gathered.position() > 0) {
            target.append(chunk.apply(Buffer.unpooled(gathered.flip())));
            gathered = ByteBuffer.allocate(0);
        }
    }

    /// How long the log is with all that was added.
    long bytes() {
        return target.next() + gathered.position();
    }

    boolean isAheadOfTheDisk() {
        return target.next() - target.end() > UNFORCED_BYTES_MAX;
    }

    /// Whether all that was handed over is durable.
    boolean isDurable() {
        return target.end() == target.next();
    }

    Log target() {
        return target;
    }
}
