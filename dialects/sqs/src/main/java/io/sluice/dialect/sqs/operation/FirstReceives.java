package io.sluice.dialect.sqs.operation;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// When messages were received first, for those that come back. Bounded, and gone after a restart: it is called approximate for a reason. Any thread.
public final class FirstReceives {
    private static final int ENTRIES_MAX = 200_000;

    private final Map<Message, Long> first = new ConcurrentHashMap<>();

    private record Message(UUID topic, long offset) {}

    /// @param again it was received before
    /// @return when first, wall clock
    long of(UUID topic, long offset, boolean again, long nowMillis) {
        var message = new Message(topic, offset);
        if (again) {
            return first.getOrDefault(message, nowMillis);
        }
        if (first.size() >= ENTRIES_MAX) {
            first.clear();
        }
        first.put(message, nowMillis);
        return nowMillis;
    }

    void forget(UUID topic, long offset) {
        first.remove(new Message(topic, offset));
    }
}
