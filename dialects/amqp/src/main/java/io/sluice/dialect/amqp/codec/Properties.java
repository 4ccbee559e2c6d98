package io.sluice.dialect.amqp.codec;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The properties of a message, seen in their raw bytes: flags, then the list of those that are there. Nothing is decoded before it is asked for.
public final class Properties {
    /// The view of bytes that were checked once, from position to limit.
    public static Properties view(ByteBuffer raw) {
        throw new UnsupportedOperationException("being written");
    }

    /// What is wrong with these bytes; null when they are properties.
    public static @Nullable ProtocolError check(ByteBuffer raw) {
        throw new UnsupportedOperationException("being written");
    }

    /// The bytes, a read-only view.
    public ByteBuffer raw() {
        throw new UnsupportedOperationException("being written");
    }

    public Optional<String> contentType() {
        throw new UnsupportedOperationException("being written");
    }

    public Optional<String> contentEncoding() {
        throw new UnsupportedOperationException("being written");
    }

    public boolean hasHeaders() {
        throw new UnsupportedOperationException("being written");
    }

    /// Empty when there are none.
    public Table headers() {
        throw new UnsupportedOperationException("being written");
    }

    /// One header, without a look at what the others hold.
    public Optional<Value> header(String name) {
        throw new UnsupportedOperationException("being written");
    }

    /// As it came, 0 to 255; empty: not said.
    public OptionalInt deliveryMode() {
        throw new UnsupportedOperationException("being written");
    }

    public OptionalInt priority() {
        throw new UnsupportedOperationException("being written");
    }

    public Optional<String> correlationId() {
        throw new UnsupportedOperationException("being written");
    }

    public Optional<String> replyTo() {
        throw new UnsupportedOperationException("being written");
    }

    /// Milliseconds, as the text it is: whether it is a number is not checked here.
    public Optional<String> expiration() {
        throw new UnsupportedOperationException("being written");
    }

    public Optional<String> messageId() {
        throw new UnsupportedOperationException("being written");
    }

    /// Seconds since 1970 UTC.
    public OptionalLong timestamp() {
        throw new UnsupportedOperationException("being written");
    }

    public Optional<String> type() {
        throw new UnsupportedOperationException("being written");
    }

    public Optional<String> userId() {
        throw new UnsupportedOperationException("being written");
    }

    public Optional<String> appId() {
        throw new UnsupportedOperationException("being written");
    }

    public Optional<String> clusterId() {
        throw new UnsupportedOperationException("being written");
    }
}
