package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Records as they come out of a log.
final class Stored {
    static final long TIME = 1_700_000_000_123L;

    private Stored() {}

    /// What an AMQP session stores.
    static Records record(ByteBuffer rawHeaders) {
        return first(
                new BatchBuilder(Compression.NONE, 7, TIME)
                        .add(TIME, null, utf8("body"), rawHeaders)
                        .build());
    }

    /// What a Kafka producer sends.
    static Records record(byte @Nullable [] key, Header... headers) {
        return first(
                new BatchBuilder(Compression.NONE, 7, TIME)
                        .add(TIME, key, bytes("body"), headers)
                        .build());
    }

    private static Records first(RecordBatch batch) {
        var records = batch.recordsFrom(RecordBatch.HEADER_BYTES);
        records.next();
        return records;
    }

    static Header header(String key, @Nullable String value) {
        return new Header(key, value == null ? null : utf8(value));
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(bytes(text));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(@Nullable ByteBuffer utf8) {
        return utf8 == null ? "(null)" : StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
    }
}
