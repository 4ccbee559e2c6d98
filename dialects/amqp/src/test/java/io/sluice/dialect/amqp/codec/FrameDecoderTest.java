package io.sluice.dialect.amqp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.amqp.codec.FrameDecoder.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private final FrameDecoder decoder = Wire.greeted();

    @Test
    void theProtocolHeaderComesFirstAndIsWaitedFor() {
        var header = new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
        for (int length = 0; length < header.length; length++) {
            assertThat(new FrameDecoder().next(ByteBuffer.wrap(header, 0, length)))
                    .isEqualTo(new Decoded.NeedMore(header.length - length));
        }
        var whole = ByteBuffer.wrap(header);
        assertThat(new FrameDecoder().next(whole)).isInstanceOf(Decoded.Greeting.class);
        assertThat(whole.hasRemaining()).isFalse();
    }

    @Test
    void whoGreetsOtherwiseIsAStrangerAtItsFirstWrongByte() {
        for (var greeting : new String[] {"GET / HTTP/1.1", "AMQP\0\1\0\0", "AMQP\3", "B"}) {
            assertThat(
                            new FrameDecoder()
                                    .next(
                                            ByteBuffer.wrap(
                                                    greeting.getBytes(
                                                            StandardCharsets.ISO_8859_1))))
                    .as(greeting)
                    .isInstanceOf(Decoded.Stranger.class);
        }
    }

    @Test
    void aFrameIsItsTypeChannelAndPayload() {
        var input = bytes(3, 0x12, 0x34, 0, 0, 0, 2, 'h', 'i', 0xCE, 8, 0, 0, 0, 0, 0, 0, 0xCE);

        var first = complete(decoder.next(input));
        assertThat(first.type()).isEqualTo(FrameType.BODY);
        assertThat(first.channel()).isEqualTo(0x1234);
        assertThat(Octets.of(first.payload()).text()).isEqualTo("hi");
        var second = complete(decoder.next(input));
        assertThat(second.type()).isEqualTo(FrameType.HEARTBEAT);
        assertThat(second.length()).isZero();
        assertThat(decoder.next(input)).isEqualTo(new Decoded.NeedMore(7));
    }

    @Test
    void aPartOfAFrameIsLeftWhereItIs() {
        var whole = new byte[] {3, 0, 1, 0, 0, 0, 2, 'h', 'i', (byte) 0xCE};
        for (int length = 0; length < whole.length; length++) {
            var part = ByteBuffer.wrap(whole, 0, length);
            var decoded = decoder.next(part);
            assertThat(decoded)
                    .isEqualTo(new Decoded.NeedMore(length < 7 ? 7 - length : 10 - length));
            assertThat(part.position()).isZero();
        }
    }

    @Test
    void aFrameThatIsTooLargeIsRefusedBeforeItsBytesCome() {
        decoder.frameBytesMax(4096);
        assertThat(decoder.next(bytes(3, 0, 1, 0, 0, 0x10, 0x01)))
                .isEqualTo(
                        new Decoded.Malformed(
                                new ProtocolError(
                                        ReplyCode.FRAME_ERROR,
                                        "a frame of 4105 bytes, where 4096 are allowed",
                                        0,
                                        0)));
        assertThat(decoder.next(bytes(3, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF)))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void beforeThePeersAgreedAFrameHasAtMost4096Bytes() {
        var fresh = new FrameDecoder();
        fresh.next(Wire.ours(FrameWriter::protocolHeader));
        assertThat(fresh.next(bytes(1, 0, 0, 0, 0, 0x0F, 0xF8)))
                .isEqualTo(new Decoded.NeedMore(4089));
        assertThat(fresh.next(bytes(1, 0, 0, 0, 0, 0x10, 0x01)))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void aPayloadThatFillsTheWholeFrameSizeIsLetPass() {
        decoder.frameBytesMax(4096);
        assertThat(decoder.next(bytes(3, 0, 1, 0, 0, 0x10, 0x00)))
                .isEqualTo(new Decoded.NeedMore(4097));
    }

    @Test
    void aFrameMustEndAsFramesEnd() {
        var decoded = decoder.next(bytes(3, 0, 1, 0, 0, 0, 1, 'x', 0xCD));
        assertThat(decoded)
                .isEqualTo(
                        new Decoded.Malformed(
                                ProtocolError.of(
                                        ReplyCode.FRAME_ERROR,
                                        "a frame that ends with 205 instead of 206")));
    }

    @Test
    void aFrameOfUnknownTypeIsMalformed() {
        for (int type : new int[] {0, 4, 5, 7, 9, 255}) {
            assertThat(decoder.next(bytes(type, 0, 1, 0, 0, 0, 0, 0xCE)))
                    .as("type %d", type)
                    .isInstanceOf(Decoded.Malformed.class);
        }
    }

    private static Frame complete(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Complete.class);
        return ((Decoded.Complete) decoded).frame();
    }

    private static ByteBuffer bytes(int... values) {
        var bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
