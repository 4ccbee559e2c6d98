package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.BasicMethod;
import io.sluice.dialect.amqp.codec.ContentHeader;
import io.sluice.dialect.amqp.codec.Frame;
import io.sluice.dialect.amqp.codec.Properties;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Puts the frames of one message together: method, header, then bodies until the announced size is there.
///
/// A body that comes in one frame is taken from where it was read; memory for a larger one is reserved before it is allocated.
final class ContentAssembly {
    private static final int FIRST_PROPERTIES_BYTES = 256;

    private final AmqpChannel channel;
    private ByteBuffer properties = ByteBuffer.allocate(FIRST_PROPERTIES_BYTES);
    private BasicMethod.@Nullable Publish publish;
    private boolean headerCame;
    private int bodyBytes;
    private int reserved;
    private @Nullable ByteBuffer body;

    ContentAssembly(AmqpChannel channel) {
        this.channel = channel;
    }

    /// A message has begun and not ended.
    boolean isUnderWay() {
        return publish != null;
    }

    void begin(BasicMethod.Publish method) {
        publish = method;
        headerCame = false;
    }

    void header(ContentHeader header) {
        if (publish == null || headerCame) {
            channel.session()
                    .fail(
                            Fault.unexpectedFrame(
                                    "expected method frame, got content header frame instead"));
            return;
        }
        int bytesMax = channel.services().settings().messageBytesMax();
        if (header.bodyBytes() < 0 || header.bodyBytes() > bytesMax) {
            channel.fail(
                    Fault.preconditionFailed(
                            "message size %s is larger than configured max size %d"
                                    .formatted(
                                            Long.toUnsignedString(header.bodyBytes()), bytesMax)),
                    publish);
            return;
        }
        headerCame = true;
        bodyBytes = (int) header.bodyBytes();
        keep(header.properties().raw());
        if (bodyBytes == 0) {
            complete(ByteBuffer.allocate(0));
        } else if (bodyBytes > channel.session().frameBodyBytesMax()) {
            reserve();
        }
    }

    void body(Frame frame) {
        if (publish == null || !headerCame) {
            channel.session()
                    .fail(
                            Fault.unexpectedFrame(
                                    publish == null
                                            ? "expected method frame, got content body frame instead"
                                            : "expected content header for class 60, got content body frame"
                                                    + " instead"));
            return;
        }
        int before = body == null ? 0 : body.position();
        if (frame.length() > bodyBytes - before) {
            channel.session().fail(Fault.unexpectedFrame("more content than its header said"));
            return;
        }
        if (body == null && frame.length() == bodyBytes) {
            complete(frame.payload());
            return;
        }
        if (body == null) {
            body = ByteBuffer.allocate(bodyBytes);
        }
        body.put(frame.payload());
        if (!body.hasRemaining()) {
            complete(body.flip());
        }
    }

    /// Forgets what was begun, and gives back its memory.
    void drop() {
        publish = null;
        body = null;
        if (reserved > 0) {
            channel.session().connection().release(reserved);
            reserved = 0;
        }
    }

    private void keep(ByteBuffer raw) {
        if (properties.capacity() < raw.remaining()) {
            properties = ByteBuffer.allocate(2 * raw.remaining());
        }
        properties.clear().put(raw).flip();
    }

    private void reserve() {
        int bytes = bodyBytes;
        if (!channel.session().reserve(bytes, () -> granted(bytes))) {
            return;
        }
        reserved = bytes;
    }

    private void granted(int bytes) {
        reserved += bytes;
        if (publish == null) {
            drop();
        }
    }

    private void complete(ByteBuffer whole) {
        var method = publish;
        assert method != null : "a content follows a method";
        var content = new Content(method, Properties.view(properties), whole, reserved);
        publish = null;
        body = null;
        reserved = 0;
        channel.published(content);
    }
}
