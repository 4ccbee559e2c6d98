package io.sluice.broker.policy;

/// How dead letters of a queue come back.
///
/// @param max a message that was moved back so often stays
/// @param automatic when the breaker has closed again: so many a second, and so many in all each time
public record RedrivePolicy(int max, boolean automatic, int automaticPerSecond, long automaticMax) {
    static RedrivePolicy of(PolicyValues values) {
        return new RedrivePolicy(
                (int) values.number(PolicySetting.REDRIVE_MAX),
                values.flag(PolicySetting.REDRIVE_AUTOMATIC),
                (int) values.number(PolicySetting.REDRIVE_AUTOMATIC_PER_SECOND),
                values.number(PolicySetting.REDRIVE_AUTOMATIC_MAX));
    }
}
