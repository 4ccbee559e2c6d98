package io.sluice.dialect.amqp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.dialect.amqp.codec.FrameDecoder.Decoded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameStreamTest {
    private static final int FRAME_MAX = 8192;

    @Test
    void howTheBytesAreCutMakesNoDifference() {
        for (long seed = 1; seed <= 300; seed++) {
            Rng.run(seed, FrameStreamTest::cutAnywhere);
        }
    }

    private static void cutAnywhere(Rng rng) {
        var frames = new ArrayList<byte[]>();
        var bytes =
                Wire.ours(
                        into -> {
                            FrameWriter.protocolHeader(into);
                            for (int i = 0; i < 40; i++) {
                                var payload = rng.bytes(rng.below(rng.chance(20) ? FRAME_MAX : 40));
                                frames.add(payload);
                                into.writeByte(3).writeShort(i).writeInt(payload.length);
                                into.writeBytes(payload).writeByte(0xCE);
                            }
                        });
        var stream = new FrameStream();
        stream.frameBytesMax(FRAME_MAX);
        List<byte[]> read = new ArrayList<>();
        int largest = rng.chance(50) ? 20 : 5000;
        // The same memory for every read, as on a socket.
        var memory = ByteBuffer.allocate(largest);
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), 1 + rng.below(largest));
            memory.clear().put(bytes.slice(bytes.position(), count)).flip();
            bytes.position(bytes.position() + count);
            stream.feed(memory.duplicate());
            boolean stopsEarly = rng.chance(10);
            read(stream, read, stopsEarly ? rng.below(3) : Integer.MAX_VALUE);
            assertThat(stream.bytesKept()).isLessThanOrEqualTo(FRAME_MAX + 8 + largest);
            if (stopsEarly) {
                stream.keep();
                Arrays.fill(memory.array(), (byte) 0x55);
                read(stream, read, Integer.MAX_VALUE);
            }
        }
        assertThat(read).usingElementComparator(Arrays::compare).isEqualTo(frames);
        assertThat(stream.bytesKept()).isZero();
    }

    private static void read(FrameStream stream, List<byte[]> into, int atMost) {
        for (int i = 0; i < atMost; i++) {
            switch (stream.next()) {
                case Decoded.Complete(Frame frame) -> into.add(Wire.array(frame.payload()));
                case Decoded.Greeting() -> {}
                case Decoded.NeedMore(int _) -> {
                    return;
                }
                case Decoded.Stranger(), Decoded.Malformed(ProtocolError _) ->
                        throw new AssertionError("these are frames");
            }
        }
    }

    @Test
    void betweenFramesItHoldsNothing() {
        var stream = new FrameStream();
        stream.feed(Wire.ours(FrameWriter::protocolHeader));
        assertThat(stream.next()).isInstanceOf(Decoded.Greeting.class);
        assertThat(stream.next()).isInstanceOf(Decoded.NeedMore.class);
        assertThat(stream.bytesKept()).isZero();
        var heartbeat = Wire.ours(FrameWriter::heartbeat);
        stream.feed(heartbeat.slice(0, 5));
        assertThat(stream.next()).isInstanceOf(Decoded.NeedMore.class);
        assertThat(stream.bytesKept()).isPositive();
        stream.feed(heartbeat.slice(5, 3));
        assertThat(stream.next()).isInstanceOf(Decoded.Complete.class);
        assertThat(stream.bytesKept()).isZero();
        assertThat(stream.next()).isInstanceOf(Decoded.NeedMore.class);
    }

    @Test
    void ofABegunFrameItKeepsNoMoreThanTheFrame() {
        var stream = new FrameStream();
        stream.feed(Wire.ours(FrameWriter::protocolHeader));
        stream.next();
        stream.next();
        var frame = Wire.ours(into -> into.writeByte(3).writeShort(1).writeInt(4000).writeZero(93));
        stream.feed(frame);
        assertThat(stream.next()).isEqualTo(new Decoded.NeedMore(4008 - 100));
        assertThat(stream.bytesKept()).isEqualTo(4008);
    }
}
