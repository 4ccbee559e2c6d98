package io.sluice.broker.record;

import java.nio.ByteBuffer;

/// A batch's records, decompressed and checked from the first to the last, or the reason why they cannot be read.
public sealed interface Unpacked {
    /// Every record is well-formed: walking over them cannot fail.
    record Intact(Records records) implements Unpacked {}

    record Malformed(String reason) implements Unpacked {}

    /// Opens a batch that [Parsed] let through.
    ///
    /// @param maxBytes refuse to decompress to more than this; an uncompressed batch needs no memory
    static Unpacked of(RecordBatch batch, int maxBytes) {
        try {
            var body =
                    batch.compression() == Compression.NONE
                            ? batch.body()
                            : ByteBuffer.wrap(
                                    Decompressor.decompress(
                                            batch.compression(), batch.body(), maxBytes));
            new RecordsCheck(batch, body.duplicate()).run();
            return new Intact(new Records(batch, body));
        } catch (MalformedException malformed) {
            return new Malformed(malformed.reason());
        }
    }
}
