package io.sluice.broker.record;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.xerial.snappy.SnappyOutputStream;

/// Compresses a batch's records as Kafka's own clients do, so that every client can read them.
final class Compressor {
    private Compressor() {}

    static byte[] compress(Compression codec, byte[] plain, int length) {
        return switch (codec) {
            case NONE -> throw new IllegalArgumentException("nothing to compress");
            case GZIP -> stream(plain, length, GZIPOutputStream::new);
            case SNAPPY -> stream(plain, length, SnappyOutputStream::new);
            case LZ4 ->
                    stream(
                            plain,
                            length,
                            out ->
                                    new LZ4FrameOutputStream(
                                            out,
                                            LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB,
                                            -1L,
                                            LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE));
            case ZSTD -> zstd(plain, length);
        };
    }

    private static byte[] stream(byte[] plain, int length, Opening opening) {
        var out = new ByteArrayOutputStream(Math.max(64, length / 2));
        try (var stream = opening.open(out)) {
            stream.write(plain, 0, length);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not fail", impossible);
        }
        return out.toByteArray();
    }

    private static byte[] zstd(byte[] plain, int length) {
        var out = new byte[(int) Zstd.compressBound(length)];
        long size =
                Zstd.compressByteArray(
                        out, 0, out.length, plain, 0, length, Zstd.defaultCompressionLevel());
        assert !Zstd.isError(size) : "compressBound is enough: " + Zstd.getErrorName(size);
        return Arrays.copyOf(out, (int) size);
    }

    private interface Opening {
        OutputStream open(OutputStream out) throws IOException;
    }
}
