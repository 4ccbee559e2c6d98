package io.sluice.dialect.amqp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/// Makes the raw bytes of [Properties] from values. Texts longer than 255 bytes are refused.
public final class PropertiesBuilder {
    private static final int FIRST_BYTES = 128;

    /// How the value of each property that is there is written.
    private final Map<Property, Consumer<WireWriter>> values = new EnumMap<>(Property.class);

    public PropertiesBuilder contentType(String text) {
        return text(Property.CONTENT_TYPE, text);
    }

    public PropertiesBuilder contentEncoding(String text) {
        return text(Property.CONTENT_ENCODING, text);
    }

    public PropertiesBuilder headers(Table headers) {
        values.put(Property.HEADERS, into -> into.table(headers));
        return this;
    }

    public PropertiesBuilder deliveryMode(int mode) {
        return octet(Property.DELIVERY_MODE, mode);
    }

    public PropertiesBuilder priority(int priority) {
        return octet(Property.PRIORITY, priority);
    }

    public PropertiesBuilder correlationId(String text) {
        return text(Property.CORRELATION_ID, text);
    }

    public PropertiesBuilder replyTo(String text) {
        return text(Property.REPLY_TO, text);
    }

    public PropertiesBuilder expiration(String text) {
        return text(Property.EXPIRATION, text);
    }

    public PropertiesBuilder messageId(String text) {
        return text(Property.MESSAGE_ID, text);
    }

    /// @param seconds since 1970 UTC
    public PropertiesBuilder timestamp(long seconds) {
        values.put(Property.TIMESTAMP, into -> into.i64(seconds));
        return this;
    }

    public PropertiesBuilder type(String text) {
        return text(Property.TYPE, text);
    }

    public PropertiesBuilder userId(String text) {
        return text(Property.USER_ID, text);
    }

    public PropertiesBuilder appId(String text) {
        return text(Property.APP_ID, text);
    }

    public PropertiesBuilder clusterId(String text) {
        return text(Property.CLUSTER_ID, text);
    }

    /// The raw bytes, from position to limit.
    public ByteBuffer build() {
        ByteBuf bytes = Unpooled.buffer(FIRST_BYTES);
        int flags = 0;
        for (var property : values.keySet()) {
            flags |= property.flag();
        }
        bytes.writeShort(flags);
        var into = new WireWriter(bytes);
        values.values().forEach(value -> value.accept(into));
        return bytes.nioBuffer();
    }

    private PropertiesBuilder text(Property property, String text) {
        values.put(property, into -> into.shortText(text));
        return this;
    }

    private PropertiesBuilder octet(Property property, int value) {
        values.put(property, into -> into.u8(value));
        return this;
    }
}
