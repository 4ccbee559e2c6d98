package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.Octets;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The mechanisms by which a client says who it is.
enum Sasl {
    /// `authorization NUL user NUL password`.
    PLAIN,
    /// A field table without its length, with `LOGIN` and `PASSWORD`.
    AMQPLAIN;

    /// As `connection.start` lists them.
    static final String ALL = "AMQPLAIN PLAIN";

    record Credentials(String user, Octets password) {}

    static Optional<Sasl> of(String mechanism) {
        for (var known : values()) {
            if (known.name().equals(mechanism)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /// What the response says; empty when it is none of this mechanism.
    Optional<Credentials> read(Octets response) {
        try {
            return switch (this) {
                case PLAIN -> plain(response.buffer());
                case AMQPLAIN -> amqplain(response.buffer());
            };
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Credentials> plain(ByteBuffer response) {
        upToNul(response);
        var user = new String(upToNul(response), StandardCharsets.UTF_8);
        return Optional.of(new Credentials(user, Octets.of(response)));
    }

    private static byte[] upToNul(ByteBuffer from) {
        int start = from.position();
        while (from.get() != 0) {
            // Goes on to the end of the text.
        }
        var bytes = new byte[from.position() - 1 - start];
        from.get(start, bytes);
        return bytes;
    }

    private static Optional<Credentials> amqplain(ByteBuffer response) {
        String user = null;
        Octets password = null;
        while (response.hasRemaining()) {
            var name = new String(bytes(response, response.get() & 0xFF), StandardCharsets.UTF_8);
            if (response.get() != 'S') {
                return Optional.empty();
            }
            var value = bytes(response, response.getInt());
            switch (name) {
                case "LOGIN" -> user = new String(value, StandardCharsets.UTF_8);
                case "PASSWORD" -> password = Octets.of(ByteBuffer.wrap(value));
                default -> {
                    // Fields of no meaning here.
                }
            }
        }
        return user == null || password == null
                ? Optional.empty()
                : Optional.of(new Credentials(user, password));
    }

    private static byte[] bytes(ByteBuffer from, int length) {
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
