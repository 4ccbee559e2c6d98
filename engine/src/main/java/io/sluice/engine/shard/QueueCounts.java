package io.sluice.engine.shard;

import io.sluice.broker.message.Death.Reason;

/// What a queue's part has done since the process started. Owned by its shard's loop.
final class QueueCounts {
    long published;
    long delivered;
    long acknowledged;
    long redelivered;

    /// Tries that failed.
    long failures;

    /// Messages that became dead letters, by the reason's ordinal.
    final long[] dead = new long[Reason.values().length];

    /// Dead letters that went on without their bodies.
    long unreadable;

    long breakerOpenings;

    /// Since when it has no consumers, wall clock.
    long idleSinceMillis;

    /// Whether it ever had one: an auto-delete queue waits for its first.
    boolean consumed;
}
