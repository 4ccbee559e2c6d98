package io.sluice.broker.policy;

/// When deliveries of a queue stop for a while.
///
/// @param failurePercent,slowPercent of the deliveries in the window; -1: they do not count
/// @param slowCallMillis a delivery that took longer was slow
/// @param inSeconds whether the window is the latest `windowSize` seconds, not the latest so many deliveries
/// @param minimumCalls with fewer in the window it stays closed
/// @param openMillis,openMaxMillis how long it stays open: the first time, and at most when probes fail again and again
/// @param probes so many must succeed, one after the other
/// @param deadLetters that open it when they come within `deadLettersWindowMillis`; -1: they do not
public record BreakerPolicy(
        int failurePercent,
        int slowPercent,
        long slowCallMillis,
        boolean inSeconds,
        int windowSize,
        int minimumCalls,
        long openMillis,
        long openMaxMillis,
        int probes,
        long deadLetters,
        long deadLettersWindowMillis) {
    static BreakerPolicy of(PolicyValues values) {
        return new BreakerPolicy(
                (int) values.number(PolicySetting.BREAKER_FAILURE_PERCENT),
                (int) values.number(PolicySetting.BREAKER_SLOW_PERCENT),
                values.number(PolicySetting.BREAKER_SLOW_CALL_MS),
                values.word(PolicySetting.BREAKER_WINDOW).equals("seconds"),
                (int) values.number(PolicySetting.BREAKER_WINDOW_SIZE),
                (int) values.number(PolicySetting.BREAKER_MINIMUM_CALLS),
                values.number(PolicySetting.BREAKER_OPEN_MS),
                values.number(PolicySetting.BREAKER_OPEN_MAX_MS),
                (int) values.number(PolicySetting.BREAKER_PROBES),
                values.number(PolicySetting.BREAKER_DEAD_LETTERS),
                values.number(PolicySetting.BREAKER_DEAD_LETTERS_WINDOW_MS));
    }

    /// Whether anything opens it by itself.
    public boolean isOn() {
        return failurePercent > 0 || slowPercent > 0 || deadLetters > 0;
    }
}
