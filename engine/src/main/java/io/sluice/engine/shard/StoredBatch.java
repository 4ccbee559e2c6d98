package io.sluice.engine.shard;

import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Unpacked;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A durable batch in memory of the garbage collector's, uncompressed: what queues read.
///
/// @param bytes the batch from its first byte on
record StoredBatch(RecordBatch batch, ByteBuffer bytes, long baseOffset, long nextOffset) {
    /// A batch that decompresses to more than this is not delivered.
    private static final int UNPACKED_BYTES_MAX = 256 << 20;

    /// @param bytes begins with the batch
    static StoredBatch of(ByteBuffer bytes) {
        var batch = RecordBatch.view(bytes, 0);
        return new StoredBatch(batch, bytes, batch.baseOffset(), batch.nextOffset());
    }

    /// The batch that begins at `at`; null for one without records for applications.
    static @Nullable StoredBatch read(ByteBuffer window, int at) {
        var batch = RecordBatch.view(window, at);
        if (batch.isControl() || batch.count() == 0) {
            return null;
        }
        if (batch.compression() == Compression.NONE) {
            return of(window.slice(at, batch.bytes()));
        }
        return switch (Unpacked.of(batch, UNPACKED_BYTES_MAX)) {
            case Unpacked.Intact(var records) -> {
                var plain =
                        new BatchBuilder(
                                Compression.NONE, batch.baseOffset(), batch.baseTimestamp());
                while (records.next()) {
                    plain.copy(records);
                }
                var built = plain.build();
                yield new StoredBatch(built, built.whole(), batch.baseOffset(), batch.nextOffset());
            }
            case Unpacked.Malformed _ -> null;
        };
    }

    int length() {
        return bytes.remaining();
    }
}
