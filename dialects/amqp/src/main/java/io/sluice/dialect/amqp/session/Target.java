package io.sluice.dialect.amqp.session;

import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.Queue;
import org.jspecify.annotations.Nullable;

/// A queue as a place to append to, and the batch that is being made for it. One per queue and connection, for one version of the catalog.
final class Target {
    private final PartitionId partition;
    private final boolean alone;
    private final boolean forgetful;
    private final @Nullable Queue lettersOf;

    /// What is not appended yet; null: nothing.
    @Nullable OpenBatch open;

    /// @param alone each message gets a batch, as each may be refused on its own
    /// @param forgetful nothing of it survives a restart anyway
    /// @param lettersOf the queue, when what it refuses is dead-lettered; else null
    Target(PartitionId partition, boolean alone, boolean forgetful, @Nullable Queue lettersOf) {
        this.partition = partition;
        this.alone = alone;
        this.forgetful = forgetful;
        this.lettersOf = lettersOf;
    }

    @Nullable Queue lettersOf() {
        return lettersOf;
    }

    PartitionId partition() {
        return partition;
    }

    boolean takesOneByOne() {
        return alone;
    }

    boolean isForgetful() {
        return forgetful;
    }
}
