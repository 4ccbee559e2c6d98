package io.sluice.dialect.amqp.codec;

/// The properties of a message, in the order of their flags (highest bit first) and of their values.
public enum Property {
    CONTENT_TYPE,
    CONTENT_ENCODING,
    HEADERS,
    DELIVERY_MODE,
    PRIORITY,
    CORRELATION_ID,
    REPLY_TO,
    EXPIRATION,
    MESSAGE_ID,
    TIMESTAMP,
    TYPE,
    USER_ID,
    APP_ID,
    CLUSTER_ID;

    private static final Property[] ALL = values();

    /// Flags that no property has; the lowest would say that more flags follow.
    static final int UNKNOWN_FLAGS = 0b11;

    static int count() {
        return ALL.length;
    }

    static Property at(int index) {
        return ALL[index];
    }

    int flag() {
        return 0x8000 >>> ordinal();
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
