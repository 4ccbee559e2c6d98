package io.sluice.dialect.sqs.codec;

import java.util.UUID;
import java.util.random.RandomGenerator;

/// Names for requests and messages, as Amazon's look.
public final class RequestIds {
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

    private RequestIds() {}

    /// @param random of which nobody needs to guess, and which gives no number twice
    public static String next(RandomGenerator random) {
        var most = (random.nextLong() & ~0xF000L) | VERSION_4;
        var least = (random.nextLong() & ~(0xC000L << 48)) | VARIANT_2;
        return new UUID(most, least).toString();
    }
}
