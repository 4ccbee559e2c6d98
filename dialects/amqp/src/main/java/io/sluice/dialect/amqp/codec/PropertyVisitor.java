package io.sluice.dialect.amqp.codec;

import java.nio.ByteBuffer;

/// Hears of each property that a message has. Texts come as the place where they lie: from index `at` of `bytes` on, whose position means
/// nothing.
public interface PropertyVisitor {
    /// A property that is a short string.
    void text(Property property, ByteBuffer bytes, int at, int length);

    /// A property that is a number.
    void octet(Property property, int value);

    void timestamp(long seconds);

    /// An application's header that is text or bytes.
    void header(ByteBuffer bytes, int nameAt, int nameLength, int valueAt, int valueLength);

    /// An application's header of another type.
    void header(ByteBuffer bytes, int nameAt, int nameLength, Value value);
}
