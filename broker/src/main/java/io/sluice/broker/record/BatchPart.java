package io.sluice.broker.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Some records of an uncompressed batch that follow each other, as a batch of their own: a header of its own before the same bytes.
///
/// ```text
///   ┌────────┬────┬────┬────┬────┬────┐
///   │ header │ r0 │ r1 │ r2 │ r3 │ r4 │   the batch
///   └────────┴────┴────┴────┴────┴────┘
///            ┌────────┬────┬────┐
///            │ header'│ r1 │ r2 │         a part: the base offset is the batch's, as offsets are told from it
///            └────────┴────┴────┘
/// ```
///
/// @param header its own
/// @param records the batch's memory
/// @param count how many there are
public record BatchPart(ByteBuffer header, ByteBuffer records, int count) {
    /// The records of the batch in `bytes` from the one that begins at `at` on, up to `lastOffset`.
    ///
    /// @param bytes begins with the batch
    /// @param at as [Records#position] counts
    public static BatchPart of(ByteBuffer bytes, int at, long lastOffset) {
        var batch = RecordBatch.view(bytes, 0);
        var cursor = batch.recordsFrom(at);
        int count = 0;
        int end = at;
        while (cursor.next() && cursor.offset() <= lastOffset) {
            count++;
            end = cursor.position() + cursor.bytesWhole();
        }
        var records = bytes.slice(at, end - at);
        var header = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
        header.put(0, bytes, 0, RecordBatch.HEADER_BYTES);
        header.putInt(
                RecordBatch.LENGTH,
                RecordBatch.HEADER_BYTES - RecordBatch.PREFIX_BYTES + records.remaining());
        header.putInt(RecordBatch.LAST_OFFSET_DELTA, (int) (lastOffset - batch.baseOffset()));
        header.putInt(RecordBatch.COUNT, count);
        var crc = new CRC32C();
        crc.update(
                header.slice(
                        RecordBatch.CHECKED_FROM,
                        RecordBatch.HEADER_BYTES - RecordBatch.CHECKED_FROM));
        crc.update(records.duplicate());
        header.putInt(RecordBatch.CRC, (int) crc.getValue());
        return new BatchPart(header, records, count);
    }
}
