package io.sluice.dialect.amqp.mapping;

import io.sluice.dialect.amqp.codec.Json;
import io.sluice.dialect.amqp.codec.Property;
import io.sluice.dialect.amqp.codec.PropertyVisitor;
import io.sluice.dialect.amqp.codec.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies a message's properties to headers for Kafka consumers. Nobody else reads them: what goes back to an AMQP client is the
/// envelope's.
final class ReadableCopies implements PropertyVisitor {
    private static final Map<Property, ByteBuffer> NAMES = new EnumMap<>(Property.class);
    private static final ByteBuffer TIMESTAMP;

    static {
        for (var property : Property.values()) {
            var name = PropertyNames.of(property);
            if (name != null) {
                NAMES.put(property, utf8(name));
            }
        }
        TIMESTAMP = utf8(PropertyNames.TIMESTAMP);
    }

    private final RawHeaders out;
    private int count;

    ReadableCopies(RawHeaders out) {
        this.out = out;
    }

    void begin() {
        count = 0;
    }

    /// Headers written since [#begin].
    int count() {
        return count;
    }

    @Override
    public void text(Property property, ByteBuffer bytes, int at, int length) {
        var name = NAMES.get(property);
        if (name != null) {
            header(name, 0, name.capacity(), bytes, at, length);
        }
    }

    @Override
    public void octet(Property property, int value) {}

    @Override
    public void timestamp(long seconds) {
        var millis = utf8(Long.toString(seconds * 1000));
        header(TIMESTAMP, 0, TIMESTAMP.capacity(), millis, 0, millis.capacity());
    }

    @Override
    public void header(ByteBuffer bytes, int nameAt, int nameLength, int valueAt, int valueLength) {
        header(bytes, nameAt, nameLength, bytes, valueAt, valueLength);
    }

    @Override
    public void header(ByteBuffer bytes, int nameAt, int nameLength, Value value) {
        var text = value instanceof Value.Nothing ? null : utf8(Json.text(value));
        header(bytes, nameAt, nameLength, text, 0, text == null ? -1 : text.capacity());
    }

    private void header(
            ByteBuffer names,
            int nameAt,
            int nameLength,
            @Nullable ByteBuffer values,
            int valueAt,
            int valueLength) {
        out.length(nameLength);
        out.put(names, nameAt, nameLength);
        out.length(valueLength);
        if (values != null) {
            out.put(values, valueAt, valueLength);
        }
        count++;
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
