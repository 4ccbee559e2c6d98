package io.sluice.dialect.amqp.session;

import io.sluice.broker.PartitionId;
import org.jspecify.annotations.Nullable;

/// A queue as a place to append to, and the batch that is being made for it. One per queue and connection, for one version of the catalog.
final class Target {
    private final PartitionId partition;
    private final boolean alone;
    private final boolean forgetful;
    private final RefusedLetters.@Nullable Way wayOfRefused;

    /// What is not appended yet; null: nothing.
    @Nullable OpenBatch open;

    /// @param alone each message gets a batch, as each may be refused on its own
    /// @param forgetful nothing of it survives a restart anyway
    /// @param wayOfRefused where what it refuses goes; null: nowhere
    Target(
            PartitionId partition,
            boolean alone,
            boolean forgetful,
            RefusedLetters.@Nullable Way wayOfRefused) {
        this.partition = partition;
        this.alone = alone;
        this.forgetful = forgetful;
        this.wayOfRefused = wayOfRefused;
    }

    PartitionId partition() {
        return partition;
    }

    boolean takesOneByOne() {
        return alone;
    }

    RefusedLetters.@Nullable Way wayOfRefused() {
        return wayOfRefused;
    }

    boolean isForgetful() {
        return forgetful;
    }
}
