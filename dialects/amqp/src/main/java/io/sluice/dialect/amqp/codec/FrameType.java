package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// The kinds of frames.
public enum FrameType {
    METHOD(1),
    HEADER(2),
    BODY(3),
    HEARTBEAT(8);

    private final byte octet;

    FrameType(int octet) {
        this.octet = (byte) octet;
    }

    byte octet() {
        return octet;
    }

    static @Nullable FrameType of(byte octet) {
        return switch (octet) {
            case 1 -> METHOD;
            case 2 -> HEADER;
            case 3 -> BODY;
            case 8 -> HEARTBEAT;
            default -> null;
        };
    }
}
