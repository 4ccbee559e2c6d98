package io.sluice.dialect.amqp.codec;

import io.sluice.dialect.amqp.codec.FrameDecoder.Decoded;
import java.nio.ByteBuffer;

/// The frames of one connection, however its bytes are cut by reads: keeps the beginning of a frame until the rest comes. Between
/// frames it holds no memory.
///
/// ```java
/// stream.feed(bytes.nioBuffer());
/// while (stream.next() instanceof Complete(Frame frame)) { ... }   // stops at NeedMore; the rest is kept
/// ```
///
/// Whoever stops before [Decoded.NeedMore] calls [#keep] before the read's memory is used again, and goes on with [#next] later.
public final class FrameStream {
    /// From now on frames may have so many bytes, overhead included; holds for the next frame already.
    public void frameBytesMax(int bytes) {
        throw new UnsupportedOperationException("being written");
    }

    /// Takes the bytes of a read, valid until the next read. All earlier ones were asked for, or kept.
    public void feed(ByteBuffer bytes) {
        throw new UnsupportedOperationException("being written");
    }

    /// The next frame; after [Decoded.NeedMore] nothing of what was fed is needed any more.
    public Decoded next() {
        throw new UnsupportedOperationException("being written");
    }

    /// Copies what was fed and not yet asked for.
    public void keep() {
        throw new UnsupportedOperationException("being written");
    }

    /// Bytes of memory it holds now.
    public int bytesKept() {
        throw new UnsupportedOperationException("being written");
    }
}
