package io.sluice.engine.partition;

import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.TrimmedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// What a partition stores in place of a batch whose records lie in a body log, where other partitions find them too: the batch's header and the
/// way to its records.
///
/// ```text
///    0 ┌───────────────────────────────┐
///      │ the header of the whole batch, but for length and magic, which are those of these bytes
///   61 ├───────────────┬───────────────┴───────────────┐
///      │ body log   u32│ position                   i64│
///   73 ├───────────────┼───────────────┬───────────────┘
///      │ length     i32│ checksum   u32│ CRC32C of all from the magic to here
///   81 └───────────────┴───────────────┘
/// ```
///
/// A batch's own checksum leaves out everything before its attributes, so it holds for every partition's copy alike, and again for what
/// [#whole] puts together. Who only walks over headers needs to know nothing of all this; the records, and the way out to
/// clients, lead through [#whole].
public final class BatchReference {
    /// Kafka counts upwards from 0 and is at 2.
    static final byte MAGIC = 0x52;

    static final int MAGIC_AT = 16;
    static final byte WHOLE_MAGIC = 2;
    private static final int LENGTH_AT = 8;
    private static final int LOG_AT = RecordBatch.HEADER_BYTES;
    private static final int POSITION_AT = LOG_AT + Integer.BYTES;
    private static final int BODY_LENGTH_AT = POSITION_AT + Long.BYTES;
    private static final int CHECKSUM_AT = BODY_LENGTH_AT + Integer.BYTES;

    /// How long every reference is.
    public static final int BYTES = CHECKSUM_AT + Integer.BYTES;

    private BatchReference() {}

    /// A reference in the place of `whole`, that [#leadTo] completes.
    public static ByteBuffer of(ByteBuffer whole) {
        return ByteBuffer.allocate(BYTES)
                .put(0, whole, whole.position(), RecordBatch.HEADER_BYTES)
                .putInt(LENGTH_AT, BYTES - RecordBatch.PREFIX_BYTES)
                .put(MAGIC_AT, MAGIC);
    }

    /// Says where the records are.
    public static void leadTo(BodyPlace place, ByteBuffer reference) {
        reference
                .putInt(LOG_AT, place.log())
                .putLong(POSITION_AT, place.position())
                .putInt(BODY_LENGTH_AT, place.length())
                .putInt(CHECKSUM_AT, checksum(reference, 0));
    }

    /// Whether a reference begins at `at`, where some batch does.
    static boolean isAt(ByteBuffer bytes, int at) {
        return bytes.get(at + MAGIC_AT) == MAGIC;
    }

    /// Whether its checksum is that of its bytes. Base offset and length lie outside of it, as those of every batch do.
    static boolean isIntact(ByteBuffer bytes, int at) {
        return bytes.getInt(at + CHECKSUM_AT) == checksum(bytes, at);
    }

    static BodyPlace place(ByteBuffer bytes, int at) {
        return new BodyPlace(
                bytes.getInt(at + LOG_AT),
                bytes.getLong(at + POSITION_AT),
                bytes.getInt(at + BODY_LENGTH_AT));
    }

    /// The batch that it stands for, as if it had been stored whole.
    ///
    /// @throws CorruptDataException when the reference, or what it leads to, is damaged or gone
    static ByteBuffer whole(ByteBuffer bytes, int at, Bodies bodies) throws IOException {
        var place = place(bytes, at);
        if (!isIntact(bytes, at) || place.length() < 0) {
            throw new CorruptDataException("a reference to records in body logs is damaged");
        }
        var whole =
                ByteBuffer.allocate(RecordBatch.HEADER_BYTES + place.length())
                        .put(0, bytes, at, RecordBatch.HEADER_BYTES)
                        .put(MAGIC_AT, WHOLE_MAGIC);
        whole.putInt(LENGTH_AT, whole.capacity() - RecordBatch.PREFIX_BYTES);
        read(place, bodies, whole.slice(RecordBatch.HEADER_BYTES, place.length()));
        var batch = RecordBatch.view(whole, 0);
        if (!batch.isIntact()) {
            throw new CorruptDataException("the records of " + batch + " at " + place + " differ");
        }
        return whole;
    }

    private static void read(BodyPlace place, Bodies bodies, ByteBuffer into) throws IOException {
        try {
            int read = bodies.log(place.log()).read(place.position(), into);
            if (read < place.length()) {
                throw new CorruptDataException("there are no records at " + place);
            }
        } catch (TrimmedException gone) {
            throw new CorruptDataException("the records at " + place + " are gone");
        }
    }

    private static int checksum(ByteBuffer bytes, int at) {
        var crc = new CRC32C();
        crc.update(bytes.duplicate().limit(at + CHECKSUM_AT).position(at + MAGIC_AT));
        return (int) crc.getValue();
    }
}
