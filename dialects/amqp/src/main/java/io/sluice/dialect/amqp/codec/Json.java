package io.sluice.dialect.amqp.codec;

/// Values as JSON text, one text per meaning, and back.
public final class Json {
    private Json() {}

    public static String text(Value value) {
        throw new UnsupportedOperationException("being written");
    }

    /// @throws IllegalArgumentException when it is no JSON
    public static Value value(String json) {
        throw new UnsupportedOperationException("being written");
    }
}
