package io.sluice.dialect.amqp.codec;

import java.nio.ByteBuffer;

/// One frame, seen in the bytes that were read: valid only until the next read.
///
/// @param bytes among which it lies; their position means nothing
/// @param at where in `bytes` its payload begins
/// @param length of its payload
public record Frame(FrameType type, int channel, ByteBuffer bytes, int at, int length) {
    /// The payload, as a view of its own.
    public ByteBuffer payload() {
        return bytes.slice(at, length);
    }
}
