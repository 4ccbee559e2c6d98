package io.sluice.dialect.amqp.codec;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Changes a few properties of a message and copies all other bytes as they are.
public final class PropertiesEditor {
    private static final int MORE_BYTES = 256;

    private final Properties properties;
    private final Set<String> removed = new LinkedHashSet<>();
    private final Map<String, Value> added = new LinkedHashMap<>();
    private boolean withoutExpiration;
    private @Nullable Octets replyTo;

    /// @param raw checked
    public PropertiesEditor(ByteBuffer raw) {
        this.properties = Properties.view(raw);
    }

    public PropertiesEditor withoutHeader(String name) {
        removed.add(name);
        added.remove(name);
        return this;
    }

    /// Puts the header behind all others, in place of those of its name.
    public PropertiesEditor header(String name, Value value) {
        removed.add(name);
        added.put(name, value);
        return this;
    }

    public PropertiesEditor withoutExpiration() {
        withoutExpiration = true;
        return this;
    }

    /// @param text at most 255 bytes of UTF-8
    public PropertiesEditor replyTo(String text) {
        replyTo = Octets.of(text);
        return this;
    }

    /// The raw bytes of the result, from position to limit.
    public ByteBuffer build() {
        var raw = properties.raw();
        var bytes = Unpooled.buffer(raw.remaining() + MORE_BYTES);
        bytes.writeShort(0);
        int flags = 0;
        try {
            var from = new WireReader(raw, Short.BYTES, raw.remaining() - Short.BYTES);
            for (var property : Property.values()) {
                int begin = from.at();
                if (properties.has(property)) {
                    property.skip(from);
                }
                if (isThere(property)) {
                    flags |= property.flag();
                    if (property == Property.HEADERS) {
                        headers(raw, begin, from.at(), new WireWriter(bytes));
                    } else if (property == Property.REPLY_TO && replyTo != null) {
                        new WireWriter(bytes).shortOctets(replyTo);
                    } else {
                        bytes.writeBytes(raw.slice(begin, from.at() - begin));
                    }
                }
            }
        } catch (MalformedException e) {
            throw new IllegalArgumentException("properties were checked: " + e.reason(), e);
        }
        bytes.setShort(0, flags);
        return bytes.nioBuffer();
    }

    private boolean isThere(Property property) {
        return switch (property) {
            case HEADERS -> properties.hasHeaders() || !added.isEmpty();
            case EXPIRATION -> properties.has(property) && !withoutExpiration;
            case REPLY_TO -> properties.has(property) || replyTo != null;
            case CONTENT_TYPE,
                    CONTENT_ENCODING,
                    DELIVERY_MODE,
                    PRIORITY,
                    CORRELATION_ID,
                    MESSAGE_ID,
                    TIMESTAMP,
                    TYPE,
                    USER_ID,
                    APP_ID,
                    CLUSTER_ID ->
                    properties.has(property);
        };
    }

    /// @param begin,end where the old table lies; nowhere when they are equal
    private void headers(ByteBuffer raw, int begin, int end, WireWriter into)
            throws MalformedException {
        int size = into.beginSized();
        if (end > begin) {
            var from = new WireReader(raw, begin, end - begin);
            from.skip(Integer.BYTES);
            keepFields(raw, from, into);
        }
        TableWriter.writeFields(added, into);
        into.endSized(size);
    }

    private void keepFields(ByteBuffer raw, WireReader from, WireWriter into)
            throws MalformedException {
        while (from.hasMore()) {
            int begin = from.at();
            var name = from.shortOctets().text();
            TableReader.skipValue(from, 1);
            if (!removed.contains(name)) {
                into.raw(raw.slice(begin, from.at() - begin));
            }
        }
    }
}
