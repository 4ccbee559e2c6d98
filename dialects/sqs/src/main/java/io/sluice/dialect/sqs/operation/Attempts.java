package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Result;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What receives with an attempt id brought, so that the same attempt, made again because its answer was lost, brings the same (FIFO queues only). Kept while
/// the messages are invisible and none of the queue's was settled. About so many bytes at most, then all is forgotten; any thread.
public final class Attempts {
    private static final long BYTES_MAX = 32L << 20;

    /// A message's own beside its body.
    private static final int OVERHEAD_BYTES = 512;

    private final Map<UUID, Map<String, Outcome>> byQueue = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    private record Outcome(Result.Received received, long untilMillis) {
        long bytes() {
            return received.messages().stream()
                    .mapToLong(message -> OVERHEAD_BYTES + message.body().remaining())
                    .sum();
        }
    }

    Optional<Result.Received> repeated(UUID queue, String id, long nowMillis) {
        return Optional.ofNullable(byQueue.getOrDefault(queue, Map.of()).get(id))
                .filter(outcome -> nowMillis < outcome.untilMillis())
                .map(Outcome::received);
    }

    void remember(UUID queue, String id, Result.Received received, long untilMillis) {
        var outcome = new Outcome(received, untilMillis);
        if (bytes.addAndGet(outcome.bytes()) > BYTES_MAX) {
            byQueue.clear();
            bytes.set(outcome.bytes());
        }
        byQueue.computeIfAbsent(queue, _ -> new ConcurrentHashMap<>()).put(id, outcome);
    }

    /// Something of the queue was settled.
    void forget(UUID queue) {
        var gone = byQueue.remove(queue);
        if (gone != null) {
            bytes.addAndGet(-gone.values().stream().mapToLong(Outcome::bytes).sum());
        }
    }
}
