package io.sluice.dialect.sqs.queue;

import io.sluice.broker.queue.Queue;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Queues as SQS sees them, made once for every state of the catalog's own: each request needs one. Bounded; any thread.
public final class KnownQueues {
    private static final int ENTRIES_MAX = 100_000;

    private final Map<UUID, SqsQueue> known = new ConcurrentHashMap<>();

    /// @param parts partitions of its topic
    public SqsQueue of(Queue queue, int parts) {
        var before = known.get(queue.id());
        if (before != null && before.isOf(queue, parts)) {
            return before;
        }
        if (known.size() >= ENTRIES_MAX) {
            known.clear();
        }
        var now = new SqsQueue(queue, parts);
        known.put(queue.id(), now);
        return now;
    }
}
