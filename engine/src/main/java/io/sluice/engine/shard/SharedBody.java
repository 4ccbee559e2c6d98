package io.sluice.engine.shard;

import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.partition.BodyPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The records of a batch that several partitions of a shard refer to. They go into the body log when the first of the partitions takes the batch, ahead of all
/// references. Owned by its shard's loop.
final class SharedBody {
    private final Shard shard;
    private final ByteBuffer whole;
    private final boolean forced;
    private @Nullable BodyPlace place;
    private @Nullable PendingChunk chunk;

    /// @param whole the batch, which nobody changes
    SharedBody(Shard shard, ByteBuffer whole, boolean forced) {
        this.shard = shard;
        this.whole = whole;
        this.forced = forced;
    }

    /// Where the records lie, or will when what was appended is durable.
    BodyPlace place() {
        var known = place;
        if (known == null) {
            var records = records();
            known = shard.bodies().nextPlace(records.remaining());
            chunk = shard.bodies().append(records, forced);
            place = known;
        }
        return known;
    }

    /// Why they could not be appended; null when nothing is known to be wrong. On the store's thread.
    @Nullable IOException failure() {
        var appended = chunk;
        return appended == null ? null : appended.failure();
    }

    int wholeBytes() {
        return whole.remaining();
    }

    /// The batch as the partition has it that gave it `baseOffset`, in memory of its own.
    ByteBuffer whole(long baseOffset) {
        var copy = ByteBuffer.allocate(whole.remaining()).put(whole.duplicate()).flip();
        var batch = RecordBatch.view(copy, 0);
        batch.assign(baseOffset, AppendOperation.LEADER_EPOCH);
        return copy;
    }

    private ByteBuffer records() {
        return whole.slice(
                whole.position() + RecordBatch.HEADER_BYTES,
                whole.remaining() - RecordBatch.HEADER_BYTES);
    }
}
