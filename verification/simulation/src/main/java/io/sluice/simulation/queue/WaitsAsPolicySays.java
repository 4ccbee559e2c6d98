package io.sluice.simulation.queue;

import io.sluice.broker.policy.RetryPolicy;
import io.sluice.simulation.InvariantBroken;
import java.util.HashMap;
import java.util.Map;

/// A message that has failed so often comes no earlier than its queue's policy says, counted from when it was handed out for the try that failed: nobody can
/// have failed before.
final class WaitsAsPolicySays {
    private final RetryPolicy retry;

    /// When each message was handed out first after so many failed tries.
    private final Map<String, Long> handedMillis = new HashMap<>();

    WaitsAsPolicySays(RetryPolicy retry) {
        this.retry = retry;
    }

    /// @param sinceMillis it was handed out no earlier
    void check(ModelMessage message, int returned, long sinceMillis, long nowMillis) {
        var before = handedMillis.get(name(message, returned - 1));
        if (before != null && !message.mayWait && nowMillis < before + leastMillis(returned)) {
            throw new InvariantBroken(
                    "WaitsAsPolicySays",
                    message
                            + " came "
                            + (nowMillis - before)
                            + " ms after it was handed out, having failed "
                            + returned
                            + " times");
        }
        handedMillis.merge(name(message, returned), sinceMillis, Math::min);
    }

    private long leastMillis(int failed) {
        return switch (retry.jitter()) {
            case NONE, EQUAL -> retry.waitMillis(failed, 0);
            case FULL -> 0;
        };
    }

    private static String name(ModelMessage message, int returned) {
        return message.id + " " + returned;
    }
}
