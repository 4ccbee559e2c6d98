package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.message.Envelope;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.PropertiesBuilder;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record that no AMQP client published, as the message that AMQP clients get: its key as the routing key, its headers as headers, those with
/// a property's name as properties.
///
/// The header `user-id` stays a header: what AMQP clients find in the property was checked by a broker.
///
/// @param routingKey UTF-8, at most 255 bytes
/// @param properties raw
record ForeignRecord(ByteBuffer routingKey, ByteBuffer properties) {
    private static final int SHORT_MAX = 255;
    private static final int PERSISTENT = 2;
    private static final ByteBuffer NO_KEY = ByteBuffer.allocate(0);

    /// What a header that names a property does with it.
    private static final Map<String, Setter> SETTERS =
            Map.of(
                    "content-type", PropertiesBuilder::contentType,
                    "content-encoding", PropertiesBuilder::contentEncoding,
                    "correlation-id", PropertiesBuilder::correlationId,
                    "reply-to", PropertiesBuilder::replyTo,
                    "message-id", PropertiesBuilder::messageId,
                    "type", PropertiesBuilder::type,
                    "app-id", PropertiesBuilder::appId);

    @FunctionalInterface
    private interface Setter {
        PropertiesBuilder set(PropertiesBuilder builder, String text);
    }

    /// The record that the cursor stands on, which has no envelope.
    static ForeignRecord of(Records record) {
        var properties = new PropertiesBuilder().deliveryMode(PERSISTENT);
        if (record.timestamp() != RecordBatch.NO_TIMESTAMP) {
            properties.timestamp(record.timestamp() / 1000);
        }
        Map<String, Value> headers = new LinkedHashMap<>();
        for (var header : record.headers()) {
            if (!isProperty(header, properties)) {
                add(header.key(), header.value(), headers);
            }
        }
        var key = record.key();
        var routingKey = key == null ? NO_KEY : key;
        if (!isShortText(Octets.of(routingKey))) {
            add(PropertyNames.KAFKA_KEY, routingKey, headers);
            routingKey = NO_KEY;
        }
        if (!headers.isEmpty()) {
            properties.headers(new Table(headers));
        }
        return new ForeignRecord(routingKey, properties.build());
    }

    /// Names come again in Kafka: the last one counts there, and here. A name that no AMQP header can have is left out.
    private static void add(String name, @Nullable ByteBuffer value, Map<String, Value> headers) {
        if (!name.equals(Envelope.HEADER) && Octets.of(name).length() <= SHORT_MAX) {
            headers.put(
                    name, value == null ? new Value.Nothing() : new Value.Text(Octets.of(value)));
        }
    }

    private static boolean isProperty(Header header, PropertiesBuilder properties) {
        var value = header.value();
        if (value == null || value.remaining() > SHORT_MAX) {
            return false;
        }
        var octets = Octets.of(value);
        if (header.key().equals(PropertyNames.TIMESTAMP)) {
            return isTimestamp(octets.text(), properties);
        }
        var setter = SETTERS.get(header.key());
        if (setter == null || !octets.isText()) {
            return false;
        }
        setter.set(properties, octets.text());
        return true;
    }

    private static boolean isTimestamp(String millis, PropertiesBuilder properties) {
        if (millis.length() > 18 || !millis.matches("[0-9]+")) {
            return false;
        }
        properties.timestamp(Long.parseLong(millis) / 1000);
        return true;
    }

    private static boolean isShortText(Octets octets) {
        return octets.length() <= SHORT_MAX && octets.isText();
    }
}
