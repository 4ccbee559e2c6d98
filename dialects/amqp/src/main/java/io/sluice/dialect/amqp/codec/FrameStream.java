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
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final FrameDecoder decoder = new FrameDecoder();

    /// What the last read brought and nobody asked for yet; it comes behind `kept`.
    private ByteBuffer fresh = NONE;

    /// What earlier reads brought, from position to limit.
    private ByteBuffer kept = NONE;

    /// From now on frames may have so many bytes, overhead included; holds for the next frame already.
    public void frameBytesMax(int bytes) {
        decoder.frameBytesMax(bytes);
    }

    /// Takes the bytes of a read, valid until the next read. All earlier ones were asked for, or kept.
    public void feed(ByteBuffer bytes) {
        assert !fresh.hasRemaining() : "what was fed before was asked for, or kept";
        fresh = bytes;
    }

    /// The next frame; after [Decoded.NeedMore] nothing of what was fed is needed any more.
    public Decoded next() {
        while (kept.hasRemaining()) {
            var decoded = decoder.next(kept);
            if (!(decoded instanceof Decoded.NeedMore(int missing))) {
                forgetWhatWasRead();
                return decoded;
            }
            if (!fresh.hasRemaining()) {
                return decoded;
            }
            keep(Math.min(missing, fresh.remaining()), missing);
        }
        var decoded = decoder.next(fresh);
        if (decoded instanceof Decoded.NeedMore(int missing) && fresh.hasRemaining()) {
            keep(fresh.remaining(), fresh.remaining() + missing);
        }
        return decoded;
    }

    /// Copies what was fed and not yet asked for.
    public void keep() {
        if (fresh.hasRemaining()) {
            keep(fresh.remaining(), fresh.remaining());
        }
    }

    /// Bytes of memory it holds now.
    public int bytesKept() {
        return kept.capacity();
    }

    private void forgetWhatWasRead() {
        if (!kept.hasRemaining()) {
            kept = NONE;
        }
    }

    /// Moves `count` bytes behind those that are kept, and makes room for `expected` if there has to be more room.
    private void keep(int count, int expected) {
        int end = kept.limit();
        if (kept.capacity() - end < count) {
            var larger = ByteBuffer.allocate(kept.remaining() + expected).put(kept).flip();
            kept = larger;
            end = larger.limit();
        }
        kept.limit(end + count);
        kept.put(end, fresh, fresh.position(), count);
        fresh.position(fresh.position() + count);
    }
}
