package io.sluice.transport;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The body of the request that is coming in, in memory that has been reserved for it.
final class HttpBody {
    private static final byte[] NOTHING = {};
    private static final int FIRST_BYTES = 4 * 1024;

    private final int bytesMax;
    private byte[] bytes;
    private int length;

    private HttpBody(int bytesMax, byte[] bytes) {
        this.bytesMax = bytesMax;
        this.bytes = bytes;
    }

    /// One whose length has been announced.
    static HttpBody ofLength(int length) {
        return new HttpBody(length, length == 0 ? NOTHING : new byte[length]);
    }

    /// One that comes in chunks, nobody knows how many.
    static HttpBody growing(int bytesMax) {
        return new HttpBody(bytesMax, NOTHING);
    }

    /// Takes the bytes, unless there are more than may be.
    boolean add(ByteBuf part) {
        var more = part.readableBytes();
        if (more > bytesMax - length) {
            return false;
        }
        if (length + more > bytes.length) {
            var wanted = Math.max(Math.max(2L * bytes.length, length + more), FIRST_BYTES);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, bytesMax));
        }
        part.readBytes(bytes, length, more);
        length += more;
        return true;
    }

    /// What of the memory reserved for it is in use.
    int bytesUsed() {
        return bytes.length;
    }

    ByteBuffer whole() {
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
