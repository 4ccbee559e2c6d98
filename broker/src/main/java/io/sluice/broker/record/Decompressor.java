package io.sluice.broker.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;

/// Decompresses a batch's records into memory, never beyond a limit: what a sender claims about sizes is believed only as far as bytes
/// come out.
final class Decompressor {
    private static final int FIRST_GUESS_BYTES = 4096;

    private Decompressor() {}

    static byte[] decompress(Compression codec, ByteBuffer body, int maxBytes)
            throws MalformedException {
        return switch (codec) {
            case NONE -> throw new IllegalArgumentException("nothing to decompress");
            case GZIP -> gzip(body, maxBytes);
            case SNAPPY -> SnappyFrames.decompress(heap(body), maxBytes);
            case LZ4 -> lz4(body, maxBytes);
            case ZSTD -> ZstdFrames.decompress(heap(body), maxBytes);
        };
    }

    private static byte[] gzip(ByteBuffer body, int maxBytes) throws MalformedException {
        try (var stream = new GZIPInputStream(new BufferStream(body), FIRST_GUESS_BYTES)) {
            return drain(stream, body.remaining(), maxBytes);
        } catch (IOException | RuntimeException broken) {
            throw new MalformedException("gzip: " + broken.getMessage());
        }
    }

    private static byte[] lz4(ByteBuffer body, int maxBytes) throws MalformedException {
        try (var stream = new LZ4FrameInputStream(new BufferStream(body))) {
            return drain(stream, body.remaining(), maxBytes);
        } catch (IOException | RuntimeException broken) {
            throw new MalformedException("lz4: " + broken.getMessage());
        }
    }

    private static byte[] drain(InputStream stream, int compressed, int maxBytes)
            throws IOException, MalformedException {
        var out = new byte[firstGuess(compressed, maxBytes)];
        int length = 0;
        while (true) {
            int count = stream.read(out, length, out.length - length);
            if (count < 0) {
                return length == out.length ? out : Arrays.copyOf(out, length);
            }
            length += count;
            if (length == out.length) {
                if (length == maxBytes) {
                    if (stream.read() < 0) {
                        return out;
                    }
                    throw tooLarge(maxBytes);
                }
                out = Arrays.copyOf(out, (int) Math.min(maxBytes, 2L * length));
            }
        }
    }

    static int firstGuess(int compressed, int maxBytes) {
        return (int) Math.min(maxBytes, Math.max(FIRST_GUESS_BYTES, 4L * compressed));
    }

    static MalformedException tooLarge(int maxBytes) {
        return new MalformedException("decompresses to more than " + maxBytes + " bytes");
    }

    private static byte[] heap(ByteBuffer body) {
        var bytes = new byte[body.remaining()];
        body.get(body.position(), bytes);
        return bytes;
    }
}
