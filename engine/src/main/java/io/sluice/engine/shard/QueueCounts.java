package io.sluice.engine.shard;

import io.sluice.broker.message.Death.Reason;
import java.util.EnumMap;
import java.util.Map;

/// What a queue's part has done since the process started. Owned by its shard's loop.
final class QueueCounts {
    long published;
    long delivered;
    long acknowledged;
    long redelivered;

    /// Tries that failed.
    long failures;

    private Map<Reason, Long> dead = Map.of();

    /// Dead letters that went on without their bodies.
    long unreadable;

    long breakerOpenings;

    /// Since when it has no consumers, wall clock.
    long idleSinceMillis;

    /// Whether it ever had one: an auto-delete queue waits for its first.
    boolean consumed;

    /// Messages that became dead letters, by reason; beside them, as `REDRIVEN`, dead letters that were moved away.
    Map<Reason, Long> dead() {
        return Map.copyOf(dead);
    }

    /// A message became a dead letter, or one that was moves away.
    void died(Reason reason) {
        if (dead.isEmpty()) {
            dead = new EnumMap<>(Reason.class);
        }
        dead.merge(reason, 1L, Long::sum);
    }
}
