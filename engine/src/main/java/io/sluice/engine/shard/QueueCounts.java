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

    /// Messages that became dead letters.
    final Map<Reason, Long> dead = new EnumMap<>(Reason.class);

    /// Dead letters that went on without their bodies.
    long unreadable;

    long breakerOpenings;

    /// Since when it has no consumers, wall clock.
    long idleSinceMillis;

    /// Whether it ever had one: an auto-delete queue waits for its first.
    boolean consumed;
}
