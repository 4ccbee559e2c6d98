package io.sluice.dialect.amqp.session;

import java.util.List;

/// Queues that messages are routed to together, so that one batch may go to all of them. Either all of them survive a restart or none does. One per
/// set of queues and connection, for one version of the catalog.
final class TargetSet {
    private static final int FIRST_BYTES = 512;

    private final List<Target> targets;
    private final boolean alone;

    /// About how large the next batch will be: a little more than the one before.
    int expectedBytes = FIRST_BYTES;

    TargetSet(List<Target> targets) {
        this.targets = List.copyOf(targets);
        this.alone = targets.stream().anyMatch(Target::takesOneByOne);
    }

    List<Target> targets() {
        return targets;
    }

    int size() {
        return targets.size();
    }

    Target first() {
        return targets.getFirst();
    }

    /// Each message gets a batch of its own.
    boolean takesOneByOne() {
        return alone;
    }

    boolean isForgetful() {
        return first().isForgetful();
    }

    /// The batch that is being made for exactly this set, or for others with some of its queues; it comes before whatever is published to them next.
    boolean hasOpen() {
        for (var target : targets) {
            if (target.open != null) {
                return true;
            }
        }
        return false;
    }
}
