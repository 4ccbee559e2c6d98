package io.sluice.broker.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/// Snappy in the framing of snappy-java, which Kafka made its own; or one raw block, as librdkafka sends it.
///
/// ```text
///   ┌──────────────────────────┬─────────┬────────────┬────────┬───────┬────────┬──
///   │ 82 'S''N''A''P''P''Y' 00 │ version │ compatible │ length │ block │ length │ ...
///   │                          │   i32   │    i32     │  i32   │       │  i32   │
///   └──────────────────────────┴─────────┴────────────┴────────┴───────┴────────┴──
/// ```
final class SnappyFrames {
    private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final int HEADER_BYTES = 16;

    private SnappyFrames() {}

    static byte[] decompress(byte[] body, int maxBytes) throws MalformedException {
        try {
            return isFramed(body) ? frames(body, maxBytes) : raw(body, maxBytes);
        } catch (IOException broken) {
            throw new MalformedException("snappy: " + broken.getMessage());
        }
    }

    private static boolean isFramed(byte[] body) {
        return body.length >= HEADER_BYTES
                && Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private static byte[] raw(byte[] body, int maxBytes) throws IOException, MalformedException {
        var out = new byte[plainBytes(body, 0, body.length, 0, maxBytes)];
        Snappy.uncompress(body, 0, body.length, out, 0);
        return out;
    }

    private static byte[] frames(byte[] body, int maxBytes) throws IOException, MalformedException {
        var in = ByteBuffer.wrap(body).position(HEADER_BYTES);
        var out = new byte[0];
        int length = 0;
        while (in.hasRemaining()) {
            int block = in.remaining() < Integer.BYTES ? -1 : in.getInt();
            if (block < 0 || block > in.remaining()) {
                throw new MalformedException(
                        "snappy: a block of " + block + " bytes among " + in.remaining());
            }
            int plain = plainBytes(body, in.position(), block, length, maxBytes);
            if (out.length < length + plain) {
                out =
                        Arrays.copyOf(
                                out,
                                (int) Math.min(maxBytes, Math.max(2L * length, length + plain)));
            }
            length += Snappy.uncompress(body, in.position(), block, out, length);
            in.position(in.position() + block);
        }
        return Arrays.copyOf(out, length);
    }

    /// How large a block says it will be. A block of n bytes cannot give more than about 22 n: who claims more is not believed.
    private static int plainBytes(byte[] body, int at, int bytes, int before, int maxBytes)
            throws IOException, MalformedException {
        int plain = bytes == 0 ? 0 : Snappy.uncompressedLength(body, at, bytes);
        if (plain < 0 || plain > 64L * bytes) {
            throw new MalformedException(
                    "snappy: a block of " + bytes + " bytes that claims to hold " + plain);
        }
        if (plain > maxBytes - before) {
            throw Decompressor.tooLarge(maxBytes);
        }
        return plain;
    }
}
