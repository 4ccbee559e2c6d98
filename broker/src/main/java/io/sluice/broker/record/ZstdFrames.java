package io.sluice.broker.record;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/// Zstandard in one go. The streaming decoder would allocate the window that the frame asks for, up to 128 MiB; this one
/// decompresses straight into the result, which grows by doubling because frames written by streams do not say their size.
final class ZstdFrames {
    private static final long TOO_SMALL = Zstd.errDstSizeTooSmall();

    private ZstdFrames() {}

    static byte[] decompress(byte[] body, int maxBytes) throws MalformedException {
        int guess = Decompressor.firstGuess(body.length, maxBytes);
        while (true) {
            var out = new byte[guess];
            try {
                int length = (int) Zstd.decompressByteArray(out, 0, guess, body, 0, body.length);
                return length == guess ? out : Arrays.copyOf(out, length);
            } catch (ZstdException failed) {
                if (failed.getErrorCode() != TOO_SMALL) {
                    throw new MalformedException("zstd: " + failed.getMessage());
                }
            }
            if (guess == maxBytes) {
                throw Decompressor.tooLarge(maxBytes);
            }
            guess = (int) Math.min(maxBytes, 2L * guess);
        }
    }
}
