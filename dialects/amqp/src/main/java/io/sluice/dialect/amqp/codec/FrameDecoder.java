package io.sluice.dialect.amqp.codec;

import java.nio.ByteBuffer;

/// Splits a byte stream into AMQP frames. Holds no socket and no bytes: feed it bytes, ask for the next frame. The stream begins with the
/// protocol header.
///
/// ```text
///   ┌───┬───┬───┬───┬───┬───┬───┬───┐        ┌──────┬─────────┬──────┬─────────────┬──────┐
///   │ A │ M │ Q │ P │ 0 │ 0 │ 9 │ 1 │  then  │ type │ channel │ size │   payload   │ 0xCE │  and so on
///   └───┴───┴───┴───┴───┴───┴───┴───┘        │  u8  │   u16   │ u32  │ size bytes  │  u8  │
///                                            └──────┴─────────┴──────┴─────────────┴──────┘
/// ```
///
/// A frame's size is looked at before anybody waits for its bytes.
public final class FrameDecoder {
    /// The largest frame before the peers agreed on another size, overhead included.
    public static final int FRAME_BYTES_FIRST = 4096;

    /// Bytes of a frame besides its payload.
    public static final int OVERHEAD = 8;

    static final byte FRAME_END = (byte) 0xCE;

    private static final byte[] PROTOCOL_HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
    private static final int CHANNEL_AT = 1;
    private static final int SIZE_AT = 3;
    private static final int PAYLOAD_AT = 7;

    private static final Decoded GREETING = new Decoded.Greeting();
    private static final Decoded STRANGER = new Decoded.Stranger();

    private boolean greeted;
    private int frameBytesMax = FRAME_BYTES_FIRST;

    static byte[] protocolHeader() {
        return PROTOCOL_HEADER.clone();
    }

    /// From now on frames may have so many bytes, overhead included. Those of clients that forgot the overhead are let pass, as RabbitMQ
    /// does.
    public void frameBytesMax(int bytes) {
        frameBytesMax = bytes;
    }

    /// Consumes one whole frame (or the protocol header) from `input`, or nothing at all.
    public Decoded next(ByteBuffer input) {
        return greeted ? frame(input) : greeting(input);
    }

    private Decoded greeting(ByteBuffer input) {
        int available = Math.min(input.remaining(), PROTOCOL_HEADER.length);
        for (int i = 0; i < available; i++) {
            if (input.get(input.position() + i) != PROTOCOL_HEADER[i]) {
                return STRANGER;
            }
        }
        if (available < PROTOCOL_HEADER.length) {
            return new Decoded.NeedMore(PROTOCOL_HEADER.length - available);
        }
        input.position(input.position() + PROTOCOL_HEADER.length);
        greeted = true;
        return GREETING;
    }

    private Decoded frame(ByteBuffer input) {
        int at = input.position();
        int available = input.remaining();
        if (available < PAYLOAD_AT) {
            return new Decoded.NeedMore(PAYLOAD_AT - available);
        }
        var type = FrameType.of(input.get(at));
        if (type == null) {
            return malformed("a frame of unknown type %d".formatted(input.get(at) & 0xFF));
        }
        long size = input.getInt(at + SIZE_AT) & 0xFFFF_FFFFL;
        if (size > frameBytesMax) {
            return malformed(
                    "a frame of %d bytes, where %d are allowed"
                            .formatted(size + OVERHEAD, frameBytesMax));
        }
        int payloadBytes = (int) size;
        if (available < payloadBytes + OVERHEAD) {
            return new Decoded.NeedMore(payloadBytes + OVERHEAD - available);
        }
        int payloadAt = at + PAYLOAD_AT;
        byte end = input.get(payloadAt + payloadBytes);
        if (end != FRAME_END) {
            return malformed(
                    "a frame that ends with %d instead of %d"
                            .formatted(end & 0xFF, FRAME_END & 0xFF));
        }
        input.position(at + payloadBytes + OVERHEAD);
        int channel = input.getShort(at + CHANNEL_AT) & 0xFFFF;
        return new Decoded.Complete(new Frame(type, channel, input, payloadAt, payloadBytes));
    }

    private static Decoded malformed(String reason) {
        return new Decoded.Malformed(ProtocolError.of(ReplyCode.FRAME_ERROR, reason));
    }

    /// What came out of the bytes.
    public sealed interface Decoded {
        /// A frame; its bytes are those of the input.
        record Complete(Frame frame) implements Decoded {}

        /// The protocol header, of the one version that is spoken here.
        record Greeting() implements Decoded {}

        /// It begins with something else: the answer is [FrameWriter#protocolHeader], then the end.
        record Stranger() implements Decoded {}

        /// The input ends before the frame does.
        ///
        /// @param bytes how many are missing at least
        record NeedMore(int bytes) implements Decoded {}

        /// No frame; nothing behind it makes sense.
        record Malformed(ProtocolError error) implements Decoded {}
    }
}
