package io.sluice.dialect.amqp.codec;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/// Writes whole frames, one behind the other, into a buffer that grows. Nobody's position moves but the buffer's own.
///
/// A message is three kinds of frames. The body is cut so that no frame is larger than agreed on; an empty one has no frame.
///
/// ```text
///   ┌────────────────────┬──────────────────────────────┬────────────┬─── ─ ─
///   │ method: deliver .. │ header: body size, properties│ body: part │ body: part
///   └────────────────────┴──────────────────────────────┴────────────┴─── ─ ─
/// ```
public final class FrameWriter {
    private static final int PAYLOAD_AT = 7;
    private static final int METHOD_IDS = 4;

    private FrameWriter() {}

    /// What is answered to a peer that greets with something else.
    public static void protocolHeader(ByteBuf into) {
        into.writeBytes(FrameDecoder.protocolHeader());
    }

    public static void method(int channel, Method method, ByteBuf into) {
        int begin = begin(FrameType.METHOD, channel, into);
        into.writeShort(method.classId()).writeShort(method.methodId());
        method.write(new WireWriter(into));
        end(begin, into);
    }

    public static void heartbeat(ByteBuf into) {
        end(begin(FrameType.HEARTBEAT, 0, into), into);
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
        int arguments = 3 + consumerTag.length() + Long.BYTES + 1 + texts(exchange, routingKey);
        makeRoom(METHOD_IDS + arguments, frameBytesMax, properties, body, into);
        int begin = begin(FrameType.METHOD, channel, into);
        into.writeShort(BasicMethod.CLASS_ID).writeShort(BasicMethod.Deliver.ID);
        into.writeByte(consumerTag.length()).writeBytes(consumerTag.bytes());
        into.writeLong(deliveryTag).writeBoolean(redelivered);
        text(exchange, into);
        text(routingKey, into);
        end(begin, into);
        content(channel, frameBytesMax, properties, body, into);
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
        int arguments = Long.BYTES + 1 + texts(exchange, routingKey) + Integer.BYTES;
        makeRoom(METHOD_IDS + arguments, frameBytesMax, properties, body, into);
        int begin = begin(FrameType.METHOD, channel, into);
        into.writeShort(BasicMethod.CLASS_ID).writeShort(BasicMethod.GetOk.ID);
        into.writeLong(deliveryTag).writeBoolean(redelivered);
        text(exchange, into);
        text(routingKey, into);
        into.writeInt(messagesLeft);
        end(begin, into);
        content(channel, frameBytesMax, properties, body, into);
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
        int begin = begin(FrameType.METHOD, channel, into);
        into.writeShort(BasicMethod.CLASS_ID).writeShort(BasicMethod.Return.ID);
        into.writeShort(code.number());
        new WireWriter(into).shortText(replyText);
        text(exchange, into);
        text(routingKey, into);
        end(begin, into);
        content(channel, frameBytesMax, properties, body, into);
    }

    private static void content(
            int channel, int frameBytesMax, ByteBuffer properties, ByteBuffer body, ByteBuf into) {
        int begin = begin(FrameType.HEADER, channel, into);
        into.writeShort(BasicMethod.CLASS_ID).writeShort(0).writeLong(body.remaining());
        put(properties, properties.position(), properties.remaining(), into);
        end(begin, into);
        int partMax = frameBytesMax - FrameDecoder.OVERHEAD;
        for (int at = body.position(); at < body.limit(); ) {
            int part = Math.min(partMax, body.limit() - at);
            begin = begin(FrameType.BODY, channel, into);
            put(body, at, part, into);
            end(begin, into);
            at += part;
        }
    }

    /// @return where the frame begins, for [#end]
    private static int begin(FrameType type, int channel, ByteBuf into) {
        int begin = into.writerIndex();
        into.writeByte(type.octet()).writeShort(channel).writeInt(0);
        return begin;
    }

    private static void end(int begin, ByteBuf into) {
        into.setInt(begin + PAYLOAD_AT - Integer.BYTES, into.writerIndex() - begin - PAYLOAD_AT);
        into.writeByte(FrameDecoder.FRAME_END);
    }

    /// Grows the buffer once for the whole message.
    private static void makeRoom(
            int methodBytes,
            int frameBytesMax,
            ByteBuffer properties,
            ByteBuffer body,
            ByteBuf into) {
        int partMax = frameBytesMax - FrameDecoder.OVERHEAD;
        int parts = (body.remaining() + partMax - 1) / partMax;
        into.ensureWritable(
                methodBytes
                        + ContentHeader.PROPERTIES_AT
                        + properties.remaining()
                        + body.remaining()
                        + (2 + parts) * FrameDecoder.OVERHEAD);
    }

    private static int texts(ByteBuffer exchange, ByteBuffer routingKey) {
        return 2 + exchange.remaining() + routingKey.remaining();
    }

    private static void text(ByteBuffer utf8, ByteBuf into) {
        assert utf8.remaining() <= 255 : "a short string is short";
        into.writeByte(utf8.remaining());
        put(utf8, utf8.position(), utf8.remaining(), into);
    }

    private static void put(ByteBuffer from, int at, int length, ByteBuf into) {
        into.ensureWritable(length);
        int index = into.writerIndex();
        var memory = into.internalNioBuffer(index, length);
        memory.put(memory.position(), from, at, length);
        into.writerIndex(index + length);
    }
}
