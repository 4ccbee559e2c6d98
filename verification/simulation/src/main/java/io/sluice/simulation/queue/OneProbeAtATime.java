package io.sluice.simulation.queue;

import io.sluice.simulation.InvariantBroken;
import java.util.Collection;

/// While a queue's breaker is half open, at most one of the messages that were handed out since then is held. Before that it was open, so that whatever was handed out
/// from that very millisecond on is a probe.
final class OneProbeAtATime {
    private OneProbeAtATime() {}

    static void check(Collection<Hold> holds, long halfOpenSinceMillis, long nowMillis) {
        var probes =
                holds.stream()
                        .filter(hold -> hold.sinceMillis >= halfOpenSinceMillis)
                        .filter(hold -> hold.untilMillis > nowMillis)
                        .map(hold -> hold.message)
                        .toList();
        if (probes.size() > 1) {
            throw new InvariantBroken("OneProbeAtATime", probes + " since " + halfOpenSinceMillis);
        }
    }
}
