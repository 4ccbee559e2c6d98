package io.sluice.simulation.queue;

import io.sluice.simulation.InvariantBroken;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// On a queue that is ordered by key a message is handed out when all before it of its key are done with, or in the same hands. Where keys take turns
/// those of one key come in order unless one was out before.
final class OrderWithinKey {
    /// Messages of which it is known where they are.
    private final Map<Integer, NavigableMap<Long, ModelMessage>> stored = new HashMap<>();

    /// By key, the newest that was handed out for the first time.
    private final Map<Integer, Long> newest = new HashMap<>();

    void stored(ModelMessage message, long offset) {
        stored.computeIfAbsent(message.key, _ -> new TreeMap<>()).put(offset, message);
    }

    /// The broker died.
    void crashed() {
        newest.clear();
    }

    void checkStrict(long offset, Hold handed, Map<Long, Hold> held) {
        var ofKey = stored.get(handed.message.key);
        if (ofKey == null) {
            return;
        }
        ofKey.headMap(offset).values().removeIf(ModelMessage::isSettledForGood);
        ofKey.headMap(offset)
                .forEach(
                        (before, message) -> {
                            var hold = held.get(before);
                            boolean same = hold != null && hold.holder.equals(handed.holder);
                            if (!same && !message.mayBeGone()) {
                                throw new InvariantBroken(
                                        "OrderWithinKey",
                                        handed.message
                                                + " at "
                                                + offset
                                                + " before "
                                                + message
                                                + " at "
                                                + before);
                            }
                        });
    }

    /// By key, the newest that was handed out so far.
    Map<Integer, Long> newest() {
        return Map.copyOf(newest);
    }

    /// @param known [#newest] when whoever got the message asked for it
    void checkFirstTime(long offset, ModelMessage message, Map<Integer, Long> known) {
        long before = known.getOrDefault(message.key, -1L);
        if (offset < before && !message.outOfOrder) {
            throw new InvariantBroken(
                    "OrderWithinKey", message + " at " + offset + " after " + before);
        }
        newest.merge(message.key, offset, Math::max);
    }
}
