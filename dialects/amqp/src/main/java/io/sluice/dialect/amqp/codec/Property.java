package io.sluice.dialect.amqp.codec;

/// The properties of a message, in the order of their flags (highest bit first) and of their values.
public enum Property {
    CONTENT_TYPE(15),
    CONTENT_ENCODING(14),
    HEADERS(13),
    DELIVERY_MODE(12),
    PRIORITY(11),
    CORRELATION_ID(10),
    REPLY_TO(9),
    EXPIRATION(8),
    MESSAGE_ID(7),
    TIMESTAMP(6),
    TYPE(5),
    USER_ID(4),
    APP_ID(3),
    CLUSTER_ID(2);

    private static final Property[] ALL = values();

    /// Flags that no property has; the lowest would say that more flags follow.
    static final int UNKNOWN_FLAGS = 0b11;

    private final int flag;

    Property(int bit) {
        this.flag = 1 << bit;
    }

    int flag() {
        return flag;
    }

    /// The first of those whose flags are set, of which there is one.
    static Property first(int flags) {
        return ALL[Integer.numberOfLeadingZeros(flags) - Short.SIZE];
    }

    /// Goes behind a value of this property.
    void skip(WireReader from) throws MalformedException {
        switch (this) {
            case HEADERS -> from.skip(from.u32());
            case DELIVERY_MODE, PRIORITY -> from.skip(Byte.BYTES);
            case TIMESTAMP -> from.skip(Long.BYTES);
            case CONTENT_TYPE,
                    CONTENT_ENCODING,
                    CORRELATION_ID,
                    REPLY_TO,
                    EXPIRATION,
                    MESSAGE_ID,
                    TYPE,
                    USER_ID,
                    APP_ID,
                    CLUSTER_ID ->
                    from.skip(from.u8());
        }
    }
}
