package io.sluice.dialect.amqp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.dialect.amqp.codec.FrameDecoder.Decoded;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Bytes that no client would send. Whatever they are, they are refused as a value, and cost no more memory than they have bytes.
class FuzzTest {
    private static final int FRAME_MAX = 4096;

    @Test
    void randomBytesAreRefused() {
        for (long seed = 1; seed <= 20_000; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        var bytes = rng.bytes(1 + rng.below(200));
                        if (rng.chance(70)) {
                            // Begins like a frame, so that what is in it is looked at.
                            bytes[0] = (byte) (1 + rng.below(3));
                        }
                        readAll(bytes);
                        read(Wire.frame(FrameType.METHOD, bytes));
                        read(Wire.frame(FrameType.HEADER, bytes));
                    });
        }
    }

    @Test
    void goodFramesWithAFewWrongBytesAreRefusedOrRead() {
        for (long seed = 1; seed <= 20_000; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        var bytes = Wire.array(message(rng));
                        for (int i = rng.below(4); i > 0; i--) {
                            bytes[rng.below(bytes.length)] = (byte) rng.nextLong();
                        }
                        readAll(bytes);
                    });
        }
    }

    private static ByteBuffer message(Rng rng) {
        var properties =
                new PropertiesBuilder()
                        .headers(Values.table(rng, 3))
                        .expiration("60000")
                        .correlationId("c")
                        .build();
        return Wire.ours(
                into -> {
                    FrameWriter.method(
                            1,
                            new QueueMethod.Declare(
                                    "q", false, true, false, false, false, Values.table(rng, 3)),
                            into);
                    FrameWriter.deliver(
                            1,
                            FRAME_MAX,
                            Octets.of("tag"),
                            1,
                            false,
                            ByteBuffer.allocate(3),
                            ByteBuffer.allocate(3),
                            properties,
                            ByteBuffer.allocate(rng.below(50)),
                            into);
                });
    }

    private static void readAll(byte[] bytes) {
        var stream = new FrameStream();
        stream.feed(Wire.ours(FrameWriter::protocolHeader));
        stream.next();
        stream.feed(ByteBuffer.wrap(bytes));
        while (true) {
            switch (stream.next()) {
                case Decoded.Complete(Frame frame) -> read(frame);
                case Decoded.Malformed(ProtocolError error) -> {
                    assertThat(error.text()).startsWith("FRAME_ERROR - ");
                    return;
                }
                case Decoded.NeedMore(int _) -> {
                    assertThat(stream.bytesKept())
                            .isLessThanOrEqualTo(FRAME_MAX + FrameDecoder.OVERHEAD + bytes.length);
                    return;
                }
                case Decoded.Greeting(), Decoded.Stranger() ->
                        throw new AssertionError("the greeting is over");
            }
        }
    }

    private static void read(Frame frame) {
        switch (frame.type()) {
            case METHOD -> {
                if (Method.decode(frame) instanceof Method method) {
                    // What could be read can be written, and is read again as the same.
                    var again = Wire.frame(Wire.ours(1, method));
                    assertThat(Method.decode(again)).isEqualTo(method);
                    assertThat(new MethodDecoder().decode(again)).isEqualTo(method);
                }
            }
            case HEADER -> {
                if (ContentHeader.decode(frame) instanceof ContentHeader header) {
                    var properties = header.properties();
                    assertThat(Properties.check(properties.raw())).isNull();
                    Map<String, String> json = properties.headers().toJson();
                    assertThat(Table.ofJson(json).toJson()).isEqualTo(json);
                }
            }
            case BODY, HEARTBEAT -> {}
        }
    }
}
