package io.sluice.broker.record;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one record batch. Add records in order of their offsets, then [#build] once.
///
/// The records are written behind room for the header: where they are not compressed, their memory becomes the batch's, unless too much of it
/// is unused.
public final class BatchBuilder {
    private static final int FIRST_BYTES = 512;

    private final Compression compression;
    private final long baseOffset;
    private final long baseTimestamp;

    /// The header's room, then the records so far.
    private ByteBuffer bytes;

    private int attributes;
    private int count;
    private int lastDelta = -1;
    private long maxTimestamp = RecordBatch.NO_TIMESTAMP;
    private int leaderEpoch = -1;
    private long producerId = RecordBatch.NO_PRODUCER;
    private short producerEpoch = -1;
    private int baseSequence = RecordBatch.NO_SEQUENCE;

    /// @param baseTimestamp what the records' time stamps are counted from: that of the first one is a good choice
    public BatchBuilder(Compression compression, long baseOffset, long baseTimestamp) {
        this(compression, baseOffset, baseTimestamp, FIRST_BYTES);
    }

    /// @param expectedBytes about how large the batch will be: when it is larger, it is copied
    public BatchBuilder(
            Compression compression, long baseOffset, long baseTimestamp, int expectedBytes) {
        this.bytes = ByteBuffer.allocate(Math.max(RecordBatch.HEADER_BYTES, expectedBytes));
        this.bytes.position(RecordBatch.HEADER_BYTES);
        this.compression = compression;
        this.baseOffset = baseOffset;
        this.baseTimestamp = baseTimestamp;
        this.attributes = compression.id();
    }

    /// A batch that takes the place of `original`: the same offsets, producer and attributes, but only the records that are added.
    ///
    /// @param deleteHorizonMillis when its tombstones may go; [RecordBatch#NO_TIMESTAMP] when it has none
    public static BatchBuilder inPlaceOf(RecordBatch original, long deleteHorizonMillis) {
        boolean horizon = deleteHorizonMillis != RecordBatch.NO_TIMESTAMP;
        var builder =
                new BatchBuilder(
                        original.compression(),
                        original.baseOffset(),
                        horizon ? deleteHorizonMillis : original.baseTimestamp());
        builder.attributes =
                horizon
                        ? original.attributes() | RecordBatch.DELETE_HORIZON_BIT
                        : original.attributes() & ~RecordBatch.DELETE_HORIZON_BIT;
        builder.lastDelta = original.lastOffsetDelta();
        builder.leaderEpoch = original.leaderEpoch();
        builder.producerId = original.producerId();
        builder.producerEpoch = original.producerEpoch();
        builder.baseSequence = original.baseSequence();
        if (original.hasAppendTime() || original.count() == 0) {
            builder.maxTimestamp = original.maxTimestamp();
        }
        return builder;
    }

    public BatchBuilder producer(long id, short epoch, int sequence) {
        producerId = id;
        producerEpoch = epoch;
        baseSequence = sequence;
        return this;
    }

    public BatchBuilder transactional() {
        attributes |= RecordBatch.TRANSACTIONAL_BIT;
        return this;
    }

    public BatchBuilder control() {
        attributes |= RecordBatch.CONTROL_BIT;
        return this;
    }

    /// Adds a record behind the last one.
    public BatchBuilder add(
            long timestamp, byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
        return add(baseOffset + lastDelta + 1, timestamp, wrap(key), wrap(value), List.of(headers));
    }

    /// Adds a record behind the last one.
    public BatchBuilder add(
            long timestamp,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            List<Header> headers) {
        return add(baseOffset + lastDelta + 1, timestamp, key, value, headers);
    }

    /// Adds a record with an offset of its own, larger than the last one's.
    public BatchBuilder add(
            long offset,
            long timestamp,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            List<Header> headers) {
        int delta = Math.toIntExact(offset - baseOffset);
        assert delta > lastDelta : "offsets grow: " + offset;
        lastDelta = delta;
        put(delta, timestamp, key, value, encoded(headers));
        return this;
    }

    /// Adds a record behind the last one.
    ///
    /// @param value from position to limit; nobody's position moves
    /// @param rawHeaders headers as a record stores them, their count first: [Records#rawHeaders] of another record, or made by the caller
    public BatchBuilder add(
            long timestamp,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            ByteBuffer rawHeaders) {
        lastDelta++;
        put(lastDelta, timestamp, key, value, rawHeaders);
        return this;
    }

    /// Bytes of records so far, before compression.
    public int bytes() {
        return bytes.position() - RecordBatch.HEADER_BYTES;
    }

    /// Adds the record that the cursor stands on, with its offset and time stamp.
    public BatchBuilder copy(Records record) {
        put(
                record.offsetDelta(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.rawHeaders());
        return this;
    }

    /// How many records were added.
    public int count() {
        return count;
    }

    /// The batch, alone in its buffer.
    public RecordBatch build() {
        boolean plain = compression == Compression.NONE || count == 0;
        var whole = plain ? packed() : compressed();
        whole.putLong(baseOffset)
                .putInt(whole.capacity() - RecordBatch.PREFIX_BYTES)
                .putInt(leaderEpoch)
                .put(RecordBatch.MAGIC)
                .putInt(0)
                .putShort((short) (plain ? attributes & ~RecordBatch.COMPRESSION_MASK : attributes))
                .putInt(Math.max(0, lastDelta))
                .putLong(baseTimestamp)
                .putLong(maxTimestamp)
                .putLong(producerId)
                .putShort(producerEpoch)
                .putInt(baseSequence)
                .putInt(count)
                .clear();
        var batch = RecordBatch.view(whole, 0);
        whole.putInt(RecordBatch.CRC, batch.checksum());
        return batch;
    }

    /// Not much more memory than there are bytes: a batch may be kept for long.
    private ByteBuffer packed() {
        int size = bytes.position();
        return bytes.capacity() - size <= size / 4
                ? bytes.slice(0, size)
                : ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size));
    }

    private ByteBuffer compressed() {
        var records =
                Arrays.copyOfRange(bytes.array(), RecordBatch.HEADER_BYTES, bytes.position());
        var packed = Compressor.compress(compression, records, records.length);
        return ByteBuffer.allocate(RecordBatch.HEADER_BYTES + packed.length)
                .put(RecordBatch.HEADER_BYTES, packed);
    }

    private void put(
            int offsetDelta,
            long timestamp,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            ByteBuffer headers) {
        long timestampDelta = timestamp - baseTimestamp;
        int length =
                1
                        + Varint.size(timestampDelta)
                        + Varint.size(offsetDelta)
                        + size(key)
                        + size(value)
                        + headers.remaining();
        makeRoom(Varint.MAX_BYTES + length);
        Varint.write(length, bytes);
        bytes.put((byte) 0);
        Varint.write(timestampDelta, bytes);
        Varint.write(offsetDelta, bytes);
        put(key, bytes);
        put(value, bytes);
        copy(headers, bytes);
        count++;
        if ((attributes & RecordBatch.APPEND_TIME_BIT) == 0) {
            maxTimestamp = Math.max(maxTimestamp, timestamp);
        }
    }

    private static void put(@Nullable ByteBuffer field, ByteBuffer into) {
        if (field == null) {
            Varint.write(-1, into);
        } else {
            Varint.write(field.remaining(), into);
            copy(field, into);
        }
    }

    private static void copy(ByteBuffer from, ByteBuffer into) {
        int length = from.remaining();
        into.put(into.position(), from, from.position(), length);
        into.position(into.position() + length);
    }

    private static int size(@Nullable ByteBuffer field) {
        return field == null ? 1 : Varint.size(field.remaining()) + field.remaining();
    }

    private void makeRoom(int more) {
        if (bytes.remaining() < more) {
            int size = Math.max(2 * bytes.capacity(), bytes.position() + more);
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size)).position(bytes.position());
        }
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static ByteBuffer encoded(List<Header> headers) {
        int bound = Varint.MAX_BYTES;
        for (var header : headers) {
            var value = header.value();
            bound +=
                    2 * Varint.MAX_BYTES
                            + 3 * header.key().length()
                            + (value == null ? 0 : value.remaining());
        }
        var out = ByteBuffer.allocate(bound);
        Varint.write(headers.size(), out);
        for (var header : headers) {
            var key = header.key().getBytes(StandardCharsets.UTF_8);
            Varint.write(key.length, out);
            out.put(key);
            put(header.value(), out);
        }
        return out.flip();
    }
}
