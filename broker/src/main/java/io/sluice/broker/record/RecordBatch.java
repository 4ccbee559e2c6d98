package io.sluice.broker.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// One record batch, format v2 (magic 2), seen through its header. A view: nothing is copied, all access is absolute and leaves the buffer's
/// position alone. Numbers are big-endian.
///
/// ```text
///    0 ┌───────────────────────────────┐
///      │ base offset                i64│ ◀─ written by the broker ─┐
///    8 ├───────────────┬───────────────┤                           │ outside
///      │ length     i32│ leader ep. i32│ ◀─ written by the broker  │ of the
///   16 ├────┬──────────┴────┬──────────┤                           │ checksum
///      │ 2  │ crc        u32│ attrib.  │ crc is CRC32C of all from 21 to the end
///   21 ├────┴──────┬────────┴──────────┤ ◀─────────────────────────┘
///      │ attrs  u16│ last offset   i32 │ delta: last offset - base offset
///   27 ├───────────┴───────────────────┤
///      │ base timestamp             i64│ or the delete horizon, when attribute bit 6 says so
///   35 ├───────────────────────────────┤
///      │ max timestamp              i64│
///   43 ├───────────────────────────────┤
///      │ producer id                i64│ -1: none
///   51 ├───────┬───────────────┬───────┴───────┐
///      │ epoch │ base sequence │ record count  │
///      │   i16 │           i32 │           i32 │
///   61 ├───────┴───────────────┴───────────────┤
///      │ records, one behind the other, compressed as a whole
///
///   attributes   6 5 4 3 2 1 0
///                │ │ │ │ └─┴─┴── compression: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd
///                │ │ │ └──────── time stamps are the broker's (LogAppendTime)
///                │ │ └────────── transactional
///                │ └──────────── control batch
///                └────────────── base timestamp is the delete horizon
/// ```
///
/// Length counts the bytes behind itself: a batch takes `length + 12` bytes.
public final class RecordBatch {
    /// Bytes before the first record.
    public static final int HEADER_BYTES = 61;

    /// Bytes up to and including the length.
    public static final int PREFIX_BYTES = 12;

    /// Where in a batch the bytes begin that the checksum covers.
    public static final int CHECKED_FROM = 21;

    /// What stands in the fields of a batch without an idempotent producer.
    public static final long NO_PRODUCER = -1;

    public static final int NO_SEQUENCE = -1;
    public static final long NO_TIMESTAMP = -1;

    static final byte MAGIC = 2;

    static final int BASE_OFFSET = 0;
    static final int LENGTH = 8;
    static final int LEADER_EPOCH = 12;
    static final int MAGIC_AT = 16;
    static final int CRC = 17;
    static final int ATTRIBUTES = 21;
    static final int LAST_OFFSET_DELTA = 23;
    static final int BASE_TIMESTAMP = 27;
    static final int MAX_TIMESTAMP = 35;
    static final int PRODUCER_ID = 43;
    static final int PRODUCER_EPOCH = 51;
    static final int BASE_SEQUENCE = 53;
    static final int COUNT = 57;

    static final int COMPRESSION_MASK = 0x07;
    static final int APPEND_TIME_BIT = 0x08;
    static final int TRANSACTIONAL_BIT = 0x10;
    static final int CONTROL_BIT = 0x20;
    static final int DELETE_HORIZON_BIT = 0x40;

    private final ByteBuffer buffer;
    private final int at;

    RecordBatch(ByteBuffer buffer, int at) {
        this.buffer = buffer.order() == ByteOrder.BIG_ENDIAN ? buffer : buffer.duplicate();
        this.at = at;
    }

    /// A view of the batch whose header starts at index `at`, unchecked: for bytes that [Parsed] or the log vouches for.
    public static RecordBatch view(ByteBuffer buffer, int at) {
        return new RecordBatch(buffer, at);
    }

    /// How many bytes the batch takes, header included.
    public int bytes() {
        return buffer.getInt(at + LENGTH) + PREFIX_BYTES;
    }

    public long baseOffset() {
        return buffer.getLong(at + BASE_OFFSET);
    }

    public long lastOffset() {
        return baseOffset() + lastOffsetDelta();
    }

    /// The offset behind the batch.
    public long nextOffset() {
        return lastOffset() + 1;
    }

    public int lastOffsetDelta() {
        return buffer.getInt(at + LAST_OFFSET_DELTA);
    }

    public int leaderEpoch() {
        return buffer.getInt(at + LEADER_EPOCH);
    }

    byte magic() {
        return buffer.get(at + MAGIC_AT);
    }

    int attributes() {
        return buffer.getShort(at + ATTRIBUTES) & 0xFFFF;
    }

    /// The codec of the records.
    ///
    /// @throws IllegalStateException for a number that no codec has, which [Parsed] refuses
    public Compression compression() {
        var codec = Compression.of(attributes() & COMPRESSION_MASK);
        if (codec == null) {
            throw new IllegalStateException("unknown compression in attributes " + attributes());
        }
        return codec;
    }

    /// True when the broker's time of appending, in [#maxTimestamp], is the time of every record.
    public boolean hasAppendTime() {
        return (attributes() & APPEND_TIME_BIT) != 0;
    }

    public boolean isTransactional() {
        return (attributes() & TRANSACTIONAL_BIT) != 0;
    }

    /// True for transaction markers, which are not for applications.
    public boolean isControl() {
        return (attributes() & CONTROL_BIT) != 0;
    }

    /// True when compaction has set the time at which the batch's tombstones go; it is [#baseTimestamp].
    public boolean hasDeleteHorizon() {
        return (attributes() & DELETE_HORIZON_BIT) != 0;
    }

    /// What the records' time stamps are counted from, in milliseconds since 1970 UTC.
    public long baseTimestamp() {
        return buffer.getLong(at + BASE_TIMESTAMP);
    }

    /// The largest time stamp of the records, or [#NO_TIMESTAMP].
    public long maxTimestamp() {
        return buffer.getLong(at + MAX_TIMESTAMP);
    }

    /// The idempotent producer's id, or [#NO_PRODUCER].
    public long producerId() {
        return buffer.getLong(at + PRODUCER_ID);
    }

    public boolean hasProducer() {
        return producerId() != NO_PRODUCER;
    }

    public short producerEpoch() {
        return buffer.getShort(at + PRODUCER_EPOCH);
    }

    /// The first record's sequence number, or [#NO_SEQUENCE].
    public int baseSequence() {
        return buffer.getInt(at + BASE_SEQUENCE);
    }

    /// The last record's sequence number; after `Integer.MAX_VALUE` comes 0.
    public int lastSequence() {
        return baseSequence() == NO_SEQUENCE
                ? NO_SEQUENCE
                : Sequence.plus(baseSequence(), lastOffsetDelta());
    }

    /// How many records there are: fewer than offsets after compaction, none in a batch that only keeps its place.
    public int count() {
        return buffer.getInt(at + COUNT);
    }

    /// CRC32C of the bytes from [#CHECKED_FROM] to the end, as the header has it.
    public int crc() {
        return buffer.getInt(at + CRC);
    }

    /// Whether the checksum is that of the bytes.
    public boolean isIntact() {
        return crc() == checksum();
    }

    /// Gives the batch its place in the log. Both fields lie outside of the checksum.
    public void assign(long baseOffset, int leaderEpoch) {
        buffer.putLong(at + BASE_OFFSET, baseOffset);
        buffer.putInt(at + LEADER_EPOCH, leaderEpoch);
    }

    /// Makes `millis` the time of every record (`message.timestamp.type=LogAppendTime`) and renews the checksum.
    public void stampAppendTime(long millis) {
        buffer.putShort(at + ATTRIBUTES, (short) (attributes() | APPEND_TIME_BIT));
        buffer.putLong(at + MAX_TIMESTAMP, millis);
        buffer.putInt(at + CRC, checksum());
    }

    /// The batch's bytes from its base offset to its end; the same memory.
    public ByteBuffer whole() {
        return buffer.slice(at, bytes());
    }

    /// The batch's bytes, read-only, from its base offset to its end.
    public ByteBuffer slice() {
        return buffer.asReadOnlyBuffer().limit(at + bytes()).position(at).slice();
    }

    /// A cursor over the records of an uncompressed batch that was checked before, from the one that begins at `position` on, as
    /// [Records#position] counts; it ends where the batch does.
    public Records recordsFrom(int position) {
        assert compression() == Compression.NONE : "compressed records have no place of their own";
        return new Records(this, body(), position - HEADER_BYTES);
    }

    /// What follows the header, as it is stored.
    ByteBuffer body() {
        return buffer.duplicate()
                .order(ByteOrder.BIG_ENDIAN)
                .limit(at + bytes())
                .position(at + HEADER_BYTES)
                .slice();
    }

    int checksum() {
        var crc = new CRC32C();
        crc.update(buffer.duplicate().limit(at + bytes()).position(at + CHECKED_FROM));
        return (int) crc.getValue();
    }

    @Override
    public String toString() {
        return "batch " + baseOffset() + ".." + lastOffset() + " of " + bytes() + " bytes";
    }
}
