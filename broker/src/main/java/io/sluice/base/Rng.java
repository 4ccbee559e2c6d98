package io.sluice.base;

/// A small seeded generator for tests and simulations: the same seed gives the same numbers on every machine and in every version
/// (SplitMix64, whose state is one counter). Not for secrets. Not thread-safe.
public final class Rng {
    private final long seed;
    private long state;

    public Rng(long seed) {
        this.seed = seed;
        this.state = seed;
    }

    public long seed() {
        return seed;
    }

    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /// From 0 to `bound - 1`.
    public int below(int bound) {
        return (int) Long.remainderUnsigned(nextLong(), bound);
    }

    /// From `least` to `most`, both included.
    public long between(long least, long most) {
        return least + Long.remainderUnsigned(nextLong(), most - least + 1);
    }

    /// True `percent` times in a hundred.
    public boolean chance(int percent) {
        return below(100) < percent;
    }

    public byte[] bytes(int count) {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) nextLong();
        }
        return bytes;
    }

    /// A generator of its own, for a part that should not shift the others' numbers.
    public Rng split() {
        return new Rng(nextLong());
    }

    /// Runs something random. Whatever it throws comes out as an error whose first line names the seed.
    public static void run(long seed, Trial trial) {
        try {
            trial.with(new Rng(seed));
        } catch (Throwable failure) {
            throw new AssertionError("seed " + seed + "\n" + failure, failure);
        }
    }

    /// Something random to run.
    @FunctionalInterface
    public interface Trial {
        void with(Rng rng) throws Exception;
    }
}
