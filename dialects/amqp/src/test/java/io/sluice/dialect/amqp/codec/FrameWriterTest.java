package io.sluice.dialect.amqp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.AMQImpl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.base.Rng;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What we write, read by RabbitMQ's Java client.
class FrameWriterTest {
    private static final ByteBuffer PROPERTIES =
            new PropertiesBuilder().contentType("text/plain").deliveryMode(2).build();

    @Test
    void aDeliveryIsReadByTheClient() throws IOException {
        var command = command(deliver(4096, utf8("hello")));

        var method = (AMQP.Basic.Deliver) command.method();
        assertThat(method.getConsumerTag()).isEqualTo("tag");
        assertThat(method.getDeliveryTag()).isEqualTo(1L << 40);
        assertThat(method.getRedelivered()).isTrue();
        assertThat(method.getExchange()).isEqualTo("exchange");
        assertThat(method.getRoutingKey()).isEqualTo("a.key");
        assertThat(command.properties().getContentType()).isEqualTo("text/plain");
        assertThat(command.body().text()).isEqualTo("hello");
    }

    @Test
    void theAnswerToAGetIsReadByTheClient() throws IOException {
        var command =
                command(
                        Wire.ours(
                                into ->
                                        FrameWriter.getOk(
                                                7,
                                                4096,
                                                9,
                                                false,
                                                utf8(""),
                                                utf8("q"),
                                                1234,
                                                PROPERTIES,
                                                utf8("hello"),
                                                into)));
        var method = (AMQP.Basic.GetOk) command.method();
        assertThat(method.getDeliveryTag()).isEqualTo(9);
        assertThat(method.getRedelivered()).isFalse();
        assertThat(method.getExchange()).isEmpty();
        assertThat(method.getRoutingKey()).isEqualTo("q");
        assertThat(method.getMessageCount()).isEqualTo(1234);
        assertThat(command.body().text()).isEqualTo("hello");
    }

    @Test
    void aReturnIsReadByTheClient() throws IOException {
        var command =
                command(
                        Wire.ours(
                                into ->
                                        FrameWriter.returned(
                                                7,
                                                4096,
                                                ReplyCode.NO_ROUTE,
                                                "NO_ROUTE",
                                                utf8("e"),
                                                utf8("k"),
                                                PROPERTIES,
                                                utf8("hello"),
                                                into)));
        var method = (AMQP.Basic.Return) command.method();
        assertThat(method.getReplyCode()).isEqualTo(312);
        assertThat(method.getReplyText()).isEqualTo("NO_ROUTE");
        assertThat(method.getExchange()).isEqualTo("e");
        assertThat(method.getRoutingKey()).isEqualTo("k");
        assertThat(command.body().text()).isEqualTo("hello");
    }

    @Test
    void anEmptyBodyHasNoFrame() throws IOException {
        var bytes = deliver(4096, utf8(""));
        assertThat(Wire.readByClient(bytes)).hasSize(2);
        assertThat(command(bytes).body()).isEqualTo(Octets.EMPTY);
    }

    @Test
    void aBodyIsCutSoThatNoFrameIsLargerThanAgreed() throws IOException {
        var rng = new Rng(1);
        for (int size : new int[] {1, 4087, 4088, 4089, 8176, 8177, 100_000}) {
            var body = rng.bytes(size);
            var bytes = deliver(4096, ByteBuffer.wrap(body));
            var frames = Wire.readByClient(bytes);
            assertThat(frames).hasSize(2 + (size + 4087) / 4088);
            assertThat(frames).allMatch(frame -> frame.getPayload().length + 8 <= 4096);
            assertThat(command(bytes).body()).isEqualTo(Octets.of(ByteBuffer.wrap(body)));
        }
    }

    @Test
    void nobodysPositionMovesAndAnyKindOfMemoryWillDo() {
        var expected = Wire.array(deliver(4096, utf8("hello")));
        var direct =
                ByteBuffer.allocateDirect(20)
                        .position(3)
                        .put("hello".getBytes(StandardCharsets.UTF_8));
        var body = direct.flip().position(3).asReadOnlyBuffer();
        for (var into :
                new ByteBuf[] {
                    Unpooled.buffer(1),
                    Unpooled.directBuffer(1),
                    PooledByteBufAllocator.DEFAULT.directBuffer(1),
                    PooledByteBufAllocator.DEFAULT.heapBuffer(1)
                }) {
            deliver(4096, body, into);
            assertThat(Wire.array(into.nioBuffer())).isEqualTo(expected);
            assertThat(body.position()).isEqualTo(3);
            assertThat(PROPERTIES.position()).isZero();
            into.release();
        }
    }

    @Test
    void aHeartbeatIsAnEmptyFrameOfChannelZero() {
        assertThat(Wire.array(Wire.ours(FrameWriter::heartbeat)))
                .isEqualTo(new byte[] {8, 0, 0, 0, 0, 0, 0, (byte) 0xCE});
    }

    private static ByteBuffer deliver(int frameBytesMax, ByteBuffer body) {
        return Wire.ours(into -> deliver(frameBytesMax, body, into));
    }

    private static void deliver(int frameBytesMax, ByteBuffer body, ByteBuf into) {
        FrameWriter.deliver(
                7,
                frameBytesMax,
                Octets.of("tag"),
                1L << 40,
                true,
                utf8("exchange"),
                utf8("a.key"),
                PROPERTIES,
                body,
                into);
    }

    /// A method and its content, as the client reads them.
    private record Command(
            com.rabbitmq.client.impl.Method method, AMQP.BasicProperties properties, Octets body) {}

    private static Command command(ByteBuffer bytes) throws IOException {
        var frames = Wire.readByClient(bytes);
        assertThat(frames).allMatch(frame -> frame.getChannel() == 7);
        var header = AMQImpl.readContentHeaderFrom(frames.get(1).getInputStream());
        var body = new ByteArrayOutputStream();
        for (var part : frames.subList(2, frames.size())) {
            assertThat(part.getType()).isEqualTo(3);
            body.writeBytes(part.getPayload());
        }
        assertThat(header.getBodySize()).isEqualTo(body.size());
        return new Command(
                Wire.methodReadByClient(frames.get(0)),
                (AMQP.BasicProperties) header,
                Octets.of(ByteBuffer.wrap(body.toByteArray())));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
