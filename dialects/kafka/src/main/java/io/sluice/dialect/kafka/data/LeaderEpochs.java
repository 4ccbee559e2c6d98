package io.sluice.dialect.kafka.data;

import io.sluice.dialect.kafka.KafkaSettings;
import org.apache.kafka.common.protocol.Errors;

/// Checks what a client believes of the leadership: there is one leader, in its first epoch, for ever.
final class LeaderEpochs {
    private static final int NONE = -1;

    private LeaderEpochs() {}

    /// @param claimed the epoch the client knows; -1 when it does not say
    static Errors check(int claimed) {
        if (claimed == NONE || claimed == KafkaSettings.LEADER_EPOCH) {
            return Errors.NONE;
        }
        return claimed < KafkaSettings.LEADER_EPOCH
                ? Errors.FENCED_LEADER_EPOCH
                : Errors.UNKNOWN_LEADER_EPOCH;
    }
}
