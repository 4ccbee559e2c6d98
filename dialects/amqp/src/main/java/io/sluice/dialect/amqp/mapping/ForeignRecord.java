package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.record.Records;
import java.nio.ByteBuffer;

/// A record that no AMQP client published, as the message that AMQP clients get.
///
/// @param routingKey UTF-8, at most 255 bytes
/// @param properties raw
public record ForeignRecord(ByteBuffer routingKey, ByteBuffer properties) {
    /// The record that the cursor stands on, which has no envelope.
    public static ForeignRecord of(Records record) {
        throw new UnsupportedOperationException("being written");
    }
}
