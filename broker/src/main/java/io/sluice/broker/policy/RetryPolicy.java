package io.sluice.broker.policy;

import io.sluice.base.Millis;
import java.util.OptionalLong;

/// When a message that has failed is tried again.
///
/// ```text
///   failed tries   1 ... immediate        immediate + 1     + 2                  + 3
///   wait           0 ... 0                initial           initial * multiplier initial * multiplier^2 ... at most max
/// ```
///
/// Pure: the same message and try always wait equally long, as the random part is drawn from what they are.
///
/// @param attemptsMax tries in all, the first one counted; -1: no limit
/// @param ageMaxMillis -1: no limit
/// @param countsLostConnections whether coming back because a connection ended is a failure
public record RetryPolicy(
        int immediate,
        long initialMillis,
        double multiplier,
        long maxMillis,
        Jitter jitter,
        long attemptsMax,
        long ageMaxMillis,
        boolean countsLostConnections) {

    /// How much of a wait is left to chance.
    public enum Jitter {
        NONE,
        EQUAL,
        FULL
    }

    static RetryPolicy of(PolicyValues values) {
        return new RetryPolicy(
                (int) values.number(PolicySetting.RETRY_IMMEDIATE),
                values.number(PolicySetting.RETRY_INITIAL_MS),
                values.ratio(PolicySetting.RETRY_MULTIPLIER),
                values.number(PolicySetting.RETRY_MAX_MS),
                switch (values.word(PolicySetting.RETRY_JITTER)) {
                    case "none" -> Jitter.NONE;
                    case "full" -> Jitter.FULL;
                    default -> Jitter.EQUAL;
                },
                values.number(PolicySetting.RETRY_MAX_ATTEMPTS),
                values.number(PolicySetting.RETRY_MAX_AGE_MS),
                values.word(PolicySetting.RETRY_CONNECTION_LOST).equals("counted"));
    }

    /// Whether a failed message ever waits.
    public boolean hasBackoff() {
        return initialMillis > 0;
    }

    /// How long a message waits after its latest failed try.
    ///
    /// @param failed tries that have failed, 1 or more
    /// @param chance any number, evenly spread over all 64 bits: says which of the possible waits it is
    /// @return 0: it is ready again at once
    public long waitMillis(int failed, long chance) {
        if (initialMillis == 0 || failed <= immediate) {
            return 0;
        }
        double wanted = initialMillis * Math.pow(multiplier, failed - immediate - 1.0);
        long wait = wanted >= maxMillis ? maxMillis : (long) wanted;
        double random = (chance >>> 11) * 0x1.0p-53;
        return switch (jitter) {
            case NONE -> wait;
            case EQUAL -> wait - wait / 2 + (long) (random * (wait / 2 + 1));
            case FULL -> (long) (random * (wait + 1));
        };
    }

    /// Whether a message that has failed so often is given up.
    public boolean isSpent(int failed) {
        return attemptsMax >= 0 && failed >= attemptsMax;
    }

    /// When a message is too old to be tried again, wall clock; empty: never.
    public OptionalLong endsMillis(long publishedMillis) {
        return ageMaxMillis < 0
                ? OptionalLong.empty()
                : OptionalLong.of(Millis.after(publishedMillis, ageMaxMillis));
    }
}
