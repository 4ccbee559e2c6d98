package io.sluice.dialect.amqp.codec;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/// Writes whole frames, one behind the other, into a buffer that grows. Nobody's position moves but the buffer's own.
public final class FrameWriter {
    private FrameWriter() {}

    /// What is answered to a peer that greets with something else.
    public static void protocolHeader(ByteBuf into) {
        throw new UnsupportedOperationException("being written");
    }

    public static void method(int channel, Method method, ByteBuf into) {
        throw new UnsupportedOperationException("being written");
    }

    public static void heartbeat(ByteBuf into) {
        throw new UnsupportedOperationException("being written");
    }

    /// `basic.deliver` and its content.
    ///
    /// @param frameBytesMax as tuned, overhead included
    /// @param consumerTag UTF-8
    /// @param exchange,routingKey UTF-8, at most 255 bytes
    /// @param properties raw, as in [Properties#raw]
    public static void deliver(
            int channel,
            int frameBytesMax,
            Octets consumerTag,
            long deliveryTag,
            boolean redelivered,
            ByteBuffer exchange,
            ByteBuffer routingKey,
            ByteBuffer properties,
            ByteBuffer body,
            ByteBuf into) {
        throw new UnsupportedOperationException("being written");
    }

    /// `basic.get-ok` and its content.
    public static void getOk(
            int channel,
            int frameBytesMax,
            long deliveryTag,
            boolean redelivered,
            ByteBuffer exchange,
            ByteBuffer routingKey,
            int messagesLeft,
            ByteBuffer properties,
            ByteBuffer body,
            ByteBuf into) {
        throw new UnsupportedOperationException("being written");
    }

    /// `basic.return` and its content.
    ///
    /// @param replyText `NO_ROUTE` for one
    public static void returned(
            int channel,
            int frameBytesMax,
            ReplyCode code,
            String replyText,
            ByteBuffer exchange,
            ByteBuffer routingKey,
            ByteBuffer properties,
            ByteBuffer body,
            ByteBuf into) {
        throw new UnsupportedOperationException("being written");
    }
}
