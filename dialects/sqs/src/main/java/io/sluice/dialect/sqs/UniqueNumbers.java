package io.sluice.dialect.sqs;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Numbers for names that must differ but need not be secret: a counter, scattered over all numbers, so that none comes twice. Any thread; no lock, and none of
/// the cost of numbers that nobody can guess.
final class UniqueNumbers implements RandomGenerator {
    /// Odd, and without a pattern: 2^64 divided by the golden ratio.
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private final AtomicLong counter;

    UniqueNumbers(long seed) {
        counter = new AtomicLong(seed);
    }

    @Override
    public long nextLong() {
        long number = counter.addAndGet(STEP);
        number = (number ^ (number >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        number = (number ^ (number >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return number ^ (number >>> 31);
    }
}
