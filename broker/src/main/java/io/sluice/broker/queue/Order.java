package io.sluice.broker.queue;

import java.util.Locale;

/// In which order a queue hands out messages that have keys (a record's key: SQS's MessageGroupId, a Kafka key). Argument `x-sluice-order`.
public enum Order {
    /// As they came; keys do not matter.
    NONE,
    /// In turn: one message of each key after the other, so that a key with many messages does not keep others waiting. Messages without a key
    /// are one more key.
    FAIR,
    /// Those of one key strictly one after the other: while one is leased, or waits for its next try, the others of its key wait too. Different
    /// keys go on in parallel.
    KEY;

    /// By the argument's value; unknown ones are [#NONE].
    static Order of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "fair" -> FAIR;
            case "key" -> KEY;
            default -> NONE;
        };
    }
}
