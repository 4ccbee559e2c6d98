package io.sluice.broker.policy;

import java.util.Optional;

/// All that a queue does by itself when things go wrong, read once from what was set.
public record QueuePolicy(
        RetryPolicy retry,
        DeadLetterPolicy deadLetter,
        RedrivePolicy redrive,
        BreakerPolicy breaker,
        Optional<PushPolicy> push) {
    public static final QueuePolicy DEFAULT = read(PolicyValues.NONE);

    public static QueuePolicy of(PolicyValues values) {
        return values.isEmpty() ? DEFAULT : read(values);
    }

    private static QueuePolicy read(PolicyValues values) {
        return new QueuePolicy(
                RetryPolicy.of(values),
                DeadLetterPolicy.of(values),
                RedrivePolicy.of(values),
                BreakerPolicy.of(values),
                PushPolicy.of(values));
    }
}
