package io.sluice.simulation.queue;

import io.sluice.simulation.InvariantBroken;
import java.util.Collection;

/// On a queue that is ordered by key nobody gets a message while somebody else has another of its key. A lease that somebody heard of
/// counts until it ends, crashes or not.
final class OneHolderPerKey {
    private OneHolderPerKey() {}

    static void check(Hold handed, Collection<Hold> holds, long nowMillis) {
        for (var other : holds) {
            if (!other.holder.equals(handed.holder)
                    && other.message.key == handed.message.key
                    && other.untilMillis > nowMillis) {
                throw new InvariantBroken(
                        "OneHolderPerKey",
                        handed.message
                                + " was handed out while somebody had "
                                + other.message
                                + " for another "
                                + (other.untilMillis - nowMillis)
                                + " ms");
            }
        }
    }
}
