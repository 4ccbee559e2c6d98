package io.sluice.dialect.amqp.codec;

import java.nio.ByteBuffer;

/// Makes the raw bytes of [Properties] from values. Texts longer than 255 bytes are refused.
public final class PropertiesBuilder {
    public PropertiesBuilder contentType(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder contentEncoding(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder headers(Table headers) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder deliveryMode(int mode) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder priority(int priority) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder correlationId(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder replyTo(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder expiration(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder messageId(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder timestamp(long seconds) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder type(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder userId(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder appId(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public PropertiesBuilder clusterId(String text) {
        throw new UnsupportedOperationException("being written");
    }

    public ByteBuffer build() {
        throw new UnsupportedOperationException("being written");
    }
}
