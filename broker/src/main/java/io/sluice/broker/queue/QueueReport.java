package io.sluice.broker.queue;

import io.sluice.broker.message.Death.Reason;
import java.util.List;
import java.util.Map;

/// What a part has been through, for whoever watches over it.
///
/// @param oldestReadyMillis when the first ready message was published, wall clock; 0: there is none, or it cannot be read
/// @param nextDueMillis when the next waiting message is ready, wall clock; 0: none waits
/// @param waits how many wait how long still, the shortest first
/// @param failures tries that failed since the process started
/// @param dead messages that became dead letters since the process started, by reason; beside them, as `REDRIVEN`, dead letters that were moved
///     away
public record QueueReport(
        QueueStatus status,
        long oldestReadyMillis,
        long nextDueMillis,
        List<Waits> waits,
        long failures,
        Map<Reason, Long> dead,
        BreakerView breaker) {
    public QueueReport {
        waits = List.copyOf(waits);
        dead = Map.copyOf(dead);
    }

    /// @param withinMillis due within so long, and not within the bucket before; `Long.MAX_VALUE` for the rest
    public record Waits(long withinMillis, long messages) {}
}
