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
public final class FrameDecoder {
    /// The largest frame before the peers agreed on another size, overhead included.
    public static final int FRAME_BYTES_FIRST = 4096;

    /// Bytes of a frame besides its payload.
    public static final int OVERHEAD = 8;

    /// From now on frames may have so many bytes, overhead included.
    public void frameBytesMax(int bytes) {
        throw new UnsupportedOperationException("being written");
    }

    /// Consumes one whole frame (or the protocol header) from `input`, or nothing at all.
    public Decoded next(ByteBuffer input) {
        throw new UnsupportedOperationException("being written");
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
