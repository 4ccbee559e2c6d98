package io.sluice.broker.policy;

import java.util.Optional;

/// Where a queue's dead letters go.
///
/// @param queue in the same namespace; made when it is not there
/// @param retentionMillis how long that one keeps them; -1: until they are consumed
/// @param attemptsKept of so many of its latest tries a message remembers how they went
public record DeadLetterPolicy(Optional<String> queue, long retentionMillis, int attemptsKept) {
    static DeadLetterPolicy of(PolicyValues values) {
        return new DeadLetterPolicy(
                values.text(PolicySetting.DEAD_LETTER_QUEUE),
                values.number(PolicySetting.DEAD_LETTER_RETENTION_MS),
                (int) values.number(PolicySetting.DEAD_LETTER_ATTEMPTS_KEPT));
    }
}
