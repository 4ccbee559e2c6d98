package io.sluice.simulation.queue;

import io.sluice.simulation.InvariantBroken;
import java.util.Map;
import java.util.TreeMap;

/// No message of a queue becomes a dead letter while the queue's breaker is open.
///
/// Whoever sees it open, and since when, knows that it was so all the time between; every dead letter says when it died. The death that opens it has the same time as the
/// opening, and what dies when it was seen last may do so a moment later: both ends are left out.
final class NothingDiesWhileOpen {
    private final TreeMap<Long, Long> seenUntilBySince = new TreeMap<>();

    void open(long sinceMillis, long seenMillis) {
        seenUntilBySince.merge(sinceMillis, seenMillis, Math::max);
    }

    void died(ModelMessage message, long atMillis) {
        Map.Entry<Long, Long> before = seenUntilBySince.lowerEntry(atMillis);
        if (before != null && atMillis < before.getValue()) {
            throw new InvariantBroken(
                    "NothingDiesWhileOpen",
                    message
                            + " died at "
                            + atMillis
                            + ", open from "
                            + before.getKey()
                            + " to "
                            + before.getValue());
        }
    }
}
