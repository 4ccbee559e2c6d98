package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.message.Deaths;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the headers of a message's record: the envelope, then copies that Kafka consumers can read. One per session or shard: what it returns
/// lies in its own memory and is good until the next call.
public final class RecordHeaders {
    /// The common case: one routing key, no deaths.
    ///
    /// @param ttlMillis,notBeforeMillis -1: none
    /// @param properties raw, checked
    /// @return raw headers, their count first, for [io.sluice.broker.record.BatchBuilder]
    public ByteBuffer of(
            int priority,
            long ttlMillis,
            long notBeforeMillis,
            ByteBuffer exchange,
            ByteBuffer routingKey,
            ByteBuffer properties) {
        throw new UnsupportedOperationException("being written");
    }

    /// Any message.
    public ByteBuffer of(
            int priority,
            long ttlMillis,
            long notBeforeMillis,
            String exchange,
            List<String> routingKeys,
            @Nullable Deaths deaths,
            ByteBuffer properties) {
        throw new UnsupportedOperationException("being written");
    }
}
