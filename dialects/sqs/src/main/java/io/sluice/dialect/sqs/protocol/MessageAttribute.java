package io.sluice.dialect.sqs.protocol;

import java.nio.ByteBuffer;

/// What a message carries beside its body, under a name.
public sealed interface MessageAttribute {
    /// `String`, `Number` or `Binary`, with whatever the sender put behind it: `Number.int`.
    String dataType();

    record Text(String dataType, String value) implements MessageAttribute {}

    /// @param value read-only by convention; from position to limit
    record Binary(String dataType, ByteBuffer value) implements MessageAttribute {}
}
