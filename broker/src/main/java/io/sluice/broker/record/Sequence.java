package io.sluice.broker.record;

/// The arithmetic of producer sequence numbers: 0 to `Integer.MAX_VALUE`, and then 0 again.
public final class Sequence {
    private Sequence() {}

    public static int plus(int sequence, int increment) {
        return sequence > Integer.MAX_VALUE - increment
                ? increment - (Integer.MAX_VALUE - sequence) - 1
                : sequence + increment;
    }

    public static int minus(int sequence, int decrement) {
        return sequence < decrement
                ? Integer.MAX_VALUE - (decrement - sequence) + 1
                : sequence - decrement;
    }

    /// Whether `one` was given before `other`, as far as numbers that begin anew can tell.
    public static boolean isBefore(int one, int other) {
        int ahead = (other - one) & Integer.MAX_VALUE;
        return ahead > 0 && ahead < 1 << 30;
    }

    /// Whether `next` is what comes after `last`.
    public static boolean follows(int last, int next) {
        return next == plus(last, 1);
    }
}
