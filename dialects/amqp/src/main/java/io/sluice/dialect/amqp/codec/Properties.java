package io.sluice.dialect.amqp.codec;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The properties of a message, seen in their raw bytes: flags, then the values of those that are there, in the order of [Property]. Nothing is
/// decoded before it is asked for, and what is not there costs one look at the flags.
///
/// ```text
///   flags    15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0
///             │  │  │  │  │  │ │ │ │ │ │ │ │ │ └─┴─ never set
///             │  │  │  │  │  │ │ │ │ │ │ │ │ └── cluster-id        all short strings but
///             │  │  │  │  │  │ │ │ │ │ │ │ └──── app-id              headers: table
///             │  │  │  │  │  │ │ │ │ │ │ └────── user-id             delivery-mode, priority: u8
///             │  │  │  │  │  │ │ │ │ │ └──────── type                timestamp: u64, seconds
///             │  │  │  │  │  │ │ │ │ └────────── timestamp
///             │  │  │  │  │  │ │ │ └──────────── message-id
///             │  │  │  │  │  │ │ └────────────── expiration
///             │  │  │  │  │  │ └──────────────── reply-to
///             │  │  │  │  │  └────────────────── correlation-id
///             │  │  │  │  └───────────────────── priority
///             │  │  │  └──────────────────────── delivery-mode
///             │  │  └─────────────────────────── headers
///             │  └────────────────────────────── content-encoding
///             └───────────────────────────────── content-type
/// ```
public final class Properties {
    private final ByteBuffer bytes;
    private final int at;
    private final int length;
    private final int flags;

    Properties(ByteBuffer bytes, int at, int length) {
        this.bytes = bytes;
        this.at = at;
        this.length = length;
        this.flags = bytes.getShort(at) & 0xFFFF;
    }

    /// The view of bytes that were checked once, from position to limit. What is not what it should be is taken for absent.
    public static Properties view(ByteBuffer raw) {
        return new Properties(raw, raw.position(), raw.remaining());
    }

    /// What is wrong with these bytes; null when they are properties.
    public static @Nullable ProtocolError check(ByteBuffer raw) {
        return raw.remaining() < Short.BYTES
                ? ProtocolError.of(ReplyCode.SYNTAX_ERROR, "properties without flags")
                : view(raw).check();
    }

    @Nullable ProtocolError check() {
        if ((flags & Property.UNKNOWN_FLAGS) != 0) {
            return ProtocolError.of(ReplyCode.SYNTAX_ERROR, "a property that nobody knows");
        }
        try {
            var from = behindFlags();
            for (int left = flags; left != 0; ) {
                var property = Property.first(left);
                left -= property.flag();
                if (property == Property.HEADERS) {
                    TableReader.skipTable(from, 1);
                } else {
                    property.skip(from);
                }
            }
            return from.hasMore()
                    ? ProtocolError.of(
                            ReplyCode.SYNTAX_ERROR, "there are bytes behind the properties")
                    : null;
        } catch (MalformedException e) {
            return ProtocolError.of(ReplyCode.SYNTAX_ERROR, "properties: " + e.reason());
        }
    }

    /// A view of the bytes, which nobody may change.
    public ByteBuffer raw() {
        return bytes.slice(at, length);
    }

    public Optional<String> contentType() {
        return text(Property.CONTENT_TYPE);
    }

    public Optional<String> contentEncoding() {
        return text(Property.CONTENT_ENCODING);
    }

    public boolean hasHeaders() {
        return has(Property.HEADERS);
    }

    /// Empty when there are none.
    public Table headers() {
        if (!hasHeaders()) {
            return Table.EMPTY;
        }
        try {
            return at(Property.HEADERS).table();
        } catch (MalformedException unchecked) {
            return Table.EMPTY;
        }
    }

    /// One header, without a look at what the others hold.
    public Optional<Value> header(String name) {
        if (!hasHeaders()) {
            return Optional.empty();
        }
        try {
            var from = at(Property.HEADERS);
            var wanted = Octets.of(name);
            from.enter(from.u32());
            while (from.hasMore()) {
                int nameBytes = from.u8();
                boolean found = wanted.matches(bytes, from.at(), nameBytes);
                from.skip(nameBytes);
                if (found) {
                    return Optional.of(TableReader.value(from, 1));
                }
                TableReader.skipValue(from, 1);
            }
            return Optional.empty();
        } catch (MalformedException unchecked) {
            return Optional.empty();
        }
    }

    /// As it came, 0 to 255; empty: not said.
    public OptionalInt deliveryMode() {
        return octet(Property.DELIVERY_MODE);
    }

    public OptionalInt priority() {
        return octet(Property.PRIORITY);
    }

    public Optional<String> correlationId() {
        return text(Property.CORRELATION_ID);
    }

    public Optional<String> replyTo() {
        return text(Property.REPLY_TO);
    }

    /// Milliseconds, as the text it is: whether it is a number is not checked here.
    public Optional<String> expiration() {
        return text(Property.EXPIRATION);
    }

    public Optional<String> messageId() {
        return text(Property.MESSAGE_ID);
    }

    /// Seconds since 1970 UTC.
    public OptionalLong timestamp() {
        if (!has(Property.TIMESTAMP)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(at(Property.TIMESTAMP).i64());
        } catch (MalformedException unchecked) {
            return OptionalLong.empty();
        }
    }

    public Optional<String> type() {
        return text(Property.TYPE);
    }

    public Optional<String> userId() {
        return text(Property.USER_ID);
    }

    public Optional<String> appId() {
        return text(Property.APP_ID);
    }

    public Optional<String> clusterId() {
        return text(Property.CLUSTER_ID);
    }

    /// Tells `visitor` of everything that is there, in order.
    public void visit(PropertyVisitor visitor) {
        try {
            var from = behindFlags();
            for (int left = flags; left != 0; ) {
                var property = Property.first(left);
                left -= property.flag();
                visit(property, from, visitor);
            }
        } catch (MalformedException e) {
            throw new IllegalArgumentException("properties were checked: " + e.reason(), e);
        }
    }

    private void visit(Property property, WireReader from, PropertyVisitor visitor)
            throws MalformedException {
        switch (property) {
            case HEADERS -> visitHeaders(from, visitor);
            case DELIVERY_MODE, PRIORITY -> visitor.octet(property, from.u8());
            case TIMESTAMP -> visitor.timestamp(from.i64());
            case CONTENT_TYPE,
                    CONTENT_ENCODING,
                    CORRELATION_ID,
                    REPLY_TO,
                    EXPIRATION,
                    MESSAGE_ID,
                    TYPE,
                    USER_ID,
                    APP_ID,
                    CLUSTER_ID -> {
                int textBytes = from.u8();
                visitor.text(property, bytes, from.at(), textBytes);
                from.skip(textBytes);
            }
        }
    }

    private void visitHeaders(WireReader from, PropertyVisitor visitor) throws MalformedException {
        int outer = from.enter(from.u32());
        while (from.hasMore()) {
            int nameBytes = from.u8();
            int nameAt = from.at();
            from.skip(nameBytes);
            byte type = bytes.get(from.at());
            if (type == 'S' || type == 'x') {
                from.skip(Byte.BYTES);
                int valueBytes = (int) from.u32();
                visitor.header(bytes, nameAt, nameBytes, from.at(), valueBytes);
                from.skip(valueBytes);
            } else {
                visitor.header(bytes, nameAt, nameBytes, TableReader.value(from, 1));
            }
        }
        from.leave(outer);
    }

    boolean has(Property property) {
        return (flags & property.flag()) != 0;
    }

    /// A reader that stands on a property which is there.
    WireReader at(Property property) throws MalformedException {
        var from = behindFlags();
        // Those before it have higher flags.
        for (int left = flags & -(property.flag() << 1); left != 0; ) {
            var before = Property.first(left);
            left -= before.flag();
            before.skip(from);
        }
        return from;
    }

    private WireReader behindFlags() {
        return new WireReader(bytes, at + Short.BYTES, length - Short.BYTES);
    }

    private Optional<String> text(Property property) {
        if (!has(property)) {
            return Optional.empty();
        }
        try {
            return Optional.of(at(property).shortOctets().text());
        } catch (MalformedException unchecked) {
            return Optional.empty();
        }
    }

    private OptionalInt octet(Property property) {
        if (!has(property)) {
            return OptionalInt.empty();
        }
        boolean isFirst = (flags & -(property.flag() << 1)) == 0;
        if (isFirst && length > Short.BYTES) {
            return OptionalInt.of(bytes.get(at + Short.BYTES) & 0xFF);
        }
        try {
            return OptionalInt.of(at(property).u8());
        } catch (MalformedException unchecked) {
            return OptionalInt.empty();
        }
    }
}
