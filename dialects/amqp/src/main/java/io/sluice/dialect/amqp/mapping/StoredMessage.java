package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.message.Envelope;
import io.sluice.broker.record.Records;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.PropertiesEditor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A stored record as the message that AMQP clients get, whoever wrote it.
///
/// @param exchange,routingKey UTF-8, at most 255 bytes
/// @param properties raw and checked, with what a dead letter tells of its deaths and what it had been through
public record StoredMessage(ByteBuffer exchange, ByteBuffer routingKey, ByteBuffer properties) {
    private static final byte[] ENVELOPE = Envelope.HEADER.getBytes(StandardCharsets.UTF_8);
    private static final String CC = "CC";
    private static final ByteBuffer NO_EXCHANGE = ByteBuffer.allocate(0);

    /// The record that the cursor stands on. An envelope that is none, or whose properties are none, was not written by this broker: it is
    /// not looked at.
    public static StoredMessage of(Records record) {
        var header = record.header(ENVELOPE);
        var enveloped = header == null ? null : enveloped(header, record);
        if (enveloped != null) {
            return enveloped;
        }
        var foreign = ForeignRecord.of(record);
        return new StoredMessage(NO_EXCHANGE, foreign.routingKey(), foreign.properties());
    }

    private static @Nullable StoredMessage enveloped(ByteBuffer header, Records record) {
        try {
            var envelope = Envelope.of(header);
            var properties = envelope.properties();
            if (properties == null) {
                properties = ForeignRecord.of(record).properties();
            } else if (Properties.check(properties) != null) {
                return null;
            }
            if (envelope.hasDeaths()) {
                properties = deadLetter(properties, envelope);
            }
            if (envelope.isLetter()) {
                properties = LetterProperties.merged(properties, record);
            }
            return new StoredMessage(
                    envelope.exchangeBytes(), envelope.routingKeyBytes(), properties);
        } catch (RuntimeException notOurs) {
            return null;
        }
    }

    private static ByteBuffer deadLetter(ByteBuffer properties, Envelope envelope) {
        var told = DeathHeaders.merged(properties, envelope.deaths().orElseThrow());
        // A dead letter with a routing key of its own was copied to nobody: the header would say
        // otherwise.
        boolean copied = envelope.routingKeys().size() > 1;
        return copied || Properties.view(told).header(CC).isEmpty()
                ? told
                : new PropertiesEditor(told).withoutHeader(CC).build();
    }
}
