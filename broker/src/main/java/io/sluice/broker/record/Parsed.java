package io.sluice.broker.record;

import java.nio.ByteBuffer;

/// What the head of some bytes turned out to be: a batch whose header makes sense, or a reason why not. Neither checksum nor
/// records have been looked at: see [RecordBatch#isIntact] and [Unpacked].
public sealed interface Parsed {
    record Batch(RecordBatch batch) implements Parsed {}

    record Malformed(String reason) implements Parsed {}

    /// Looks at the bytes from position to limit, which may hold more behind the batch.
    static Parsed of(ByteBuffer bytes) {
        return at(bytes, bytes.position());
    }

    /// Looks at the bytes from index `at` to the buffer's limit.
    static Parsed at(ByteBuffer bytes, int at) {
        int available = bytes.limit() - at;
        if (available < RecordBatch.HEADER_BYTES) {
            return new Malformed(available + " bytes are too few for a record batch");
        }
        var batch = RecordBatch.view(bytes, at);
        var fault = faultOf(batch, available);
        return fault.isEmpty() ? new Batch(batch) : new Malformed(fault);
    }

    /// Looks at a header alone: everything that [#at] checks but that the batch ends where the bytes do.
    ///
    /// @param batchBytesMax the batch is no larger than this
    static boolean isPlausible(ByteBuffer header, long batchBytesMax) {
        return faultOf(RecordBatch.view(header, header.position()), batchBytesMax).isEmpty();
    }

    private static String faultOf(RecordBatch batch, long available) {
        int size = batch.bytes();
        if (batch.magic() != RecordBatch.MAGIC) {
            return "magic " + batch.magic() + " instead of 2";
        }
        if (size < RecordBatch.HEADER_BYTES || size > available) {
            return "a batch of " + size + " bytes among " + available;
        }
        if (Compression.of(batch.attributes() & RecordBatch.COMPRESSION_MASK) == null) {
            return "unknown compression in attributes " + batch.attributes();
        }
        if (batch.lastOffsetDelta() < 0) {
            return "last offset delta " + batch.lastOffsetDelta();
        }
        if (batch.count() < 0 || batch.count() - 1 > batch.lastOffsetDelta()) {
            return batch.count() + " records in " + (batch.lastOffsetDelta() + 1L) + " offsets";
        }
        if (batch.hasProducer()
                && !batch.isControl()
                && batch.baseSequence() < RecordBatch.NO_SEQUENCE) {
            return "sequence " + batch.baseSequence();
        }
        return "";
    }
}
