package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Result;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What receives with an attempt id brought, so that the same attempt, made again because its answer was lost, brings the same (FIFO queues only). Kept while
/// the messages are invisible and none of the queue's was settled. Bounded; any thread.
public final class Attempts {
    private static final int ENTRIES_MAX = 10_000;

    private final Map<Attempt, Outcome> outcomes = new ConcurrentHashMap<>();

    private record Attempt(UUID queue, String id) {}

    private record Outcome(Result.Received received, long untilMillis) {}

    Optional<Result.Received> repeated(UUID queue, String id, long nowMillis) {
        return Optional.ofNullable(outcomes.get(new Attempt(queue, id)))
                .filter(outcome -> nowMillis < outcome.untilMillis())
                .map(Outcome::received);
    }

    void remember(UUID queue, String id, Result.Received received, long untilMillis) {
        if (outcomes.size() >= ENTRIES_MAX) {
            outcomes.clear();
        }
        outcomes.put(new Attempt(queue, id), new Outcome(received, untilMillis));
    }

    /// Something of the queue was settled.
    void forget(UUID queue) {
        if (!outcomes.isEmpty()) {
            outcomes.keySet().removeIf(attempt -> attempt.queue().equals(queue));
        }
    }
}
