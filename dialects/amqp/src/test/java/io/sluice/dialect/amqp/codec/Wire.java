package io.sluice.dialect.amqp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.AMQImpl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.dialect.amqp.codec.FrameDecoder.Decoded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;

/// Bytes as RabbitMQ's Java client writes and reads them, and as we do.
final class Wire {
    private Wire() {}

    /// What `write` puts into a buffer.
    static ByteBuffer ours(Consumer<ByteBuf> write) {
        var into = Unpooled.buffer(16);
        write.accept(into);
        return into.nioBuffer();
    }

    static ByteBuffer ours(int channel, Method method) {
        return ours(into -> FrameWriter.method(channel, method, into));
    }

    static ByteBuffer theirs(int channel, com.rabbitmq.client.impl.Method method) {
        return theirs(out -> method.toFrame(channel).writeTo(out));
    }

    static ByteBuffer theirs(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    @FunctionalInterface
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /// The raw properties of the client's, without what a header frame has before them.
    static ByteBuffer properties(AMQP.BasicProperties properties) {
        try {
            var payload = properties.toFrame(1, 0).getPayload();
            return ByteBuffer.wrap(payload)
                    .slice(
                            ContentHeader.PROPERTIES_AT,
                            payload.length - ContentHeader.PROPERTIES_AT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The frames as the client reads them.
    static List<com.rabbitmq.client.impl.Frame> readByClient(ByteBuffer bytes) {
        var frames = new ArrayList<com.rabbitmq.client.impl.Frame>();
        try (var in = new DataInputStream(new ByteArrayInputStream(array(bytes)))) {
            while (in.available() > 0) {
                frames.add(com.rabbitmq.client.impl.Frame.readFrom(in, () -> Integer.MAX_VALUE));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }

    static com.rabbitmq.client.impl.Method methodReadByClient(
            com.rabbitmq.client.impl.Frame frame) {
        try {
            return AMQImpl.readMethodFrom(frame.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The one frame that these bytes are.
    static Frame frame(ByteBuffer bytes) {
        var decoded = greeted().next(bytes);
        assertThat(decoded).isInstanceOf(Decoded.Complete.class);
        assertThat(bytes.hasRemaining()).isFalse();
        return ((Decoded.Complete) decoded).frame();
    }

    static Frame frame(FrameType type, byte[] payload) {
        return new Frame(type, 1, ByteBuffer.wrap(payload), 0, payload.length);
    }

    /// A decoder behind the protocol header, with the usual frame size.
    static FrameDecoder greeted() {
        var decoder = new FrameDecoder();
        assertThat(decoder.next(ours(FrameWriter::protocolHeader)))
                .isInstanceOf(Decoded.Greeting.class);
        decoder.frameBytesMax(131072);
        return decoder;
    }

    static byte[] array(ByteBuffer bytes) {
        var array = new byte[bytes.remaining()];
        bytes.get(bytes.position(), array);
        return array;
    }

    // The client's own API wants it.
    @SuppressWarnings("JavaUtilDate") // the type that the client reads and writes
    static Date date(long seconds) {
        return new Date(seconds * 1000);
    }
}
