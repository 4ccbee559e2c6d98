package io.sluice.server.admin;

import io.sluice.admin.Loop;
import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.broker.policy.QueuePolicy;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.QueueType;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Asks queues how they are when somebody wants metrics, at no other time. Owned by the admin's loop.
///
/// ```text
///   scrape ──▶ refresh ──▶ report? ──▶ shards        at most 256 questions are open at one time
///                 ▲                      │
///                 └──────── sample ◀─────┘           after half a second the scrape goes on with the sample before
/// ```
///
/// A shard answers between two of its turns; nobody waits for anybody. A sample serves every scrape within a second.
final class QueueSampler {
    private static final int OPEN_MAX = 256;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ANSWER_MILLIS_MAX = 500;

    private final Broker broker;
    private final Clock clock;
    private final Loop loop;
    private Map<UUID, QueueSample> latest = Map.of();
    private long latestNanos = Long.MIN_VALUE;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private final ArrayDeque<QueuePart> unasked = new ArrayDeque<>();
    private Map<UUID, QueueSample> next = Map.of();
    private int open;

    QueueSampler(Broker broker, Clock clock, Loop loop) {
        this.broker = broker;
        this.clock = clock;
        this.loop = loop;
    }

    /// The queues' figures as they were told last, by their ids.
    Map<UUID, QueueSample> latest() {
        return latest;
    }

    long nowMillis() {
        return clock.millis();
    }

    /// Completed, on the loop, when [#latest] is fresh enough, or when that would take too long.
    CompletableFuture<Void> refresh() {
        boolean fresh = latestNanos != Long.MIN_VALUE && clock.nanos() - latestNanos < FRESH_NANOS;
        if (fresh) {
            return CompletableFuture.completedFuture(null);
        }
        if (running.isDone()) {
            begin();
        }
        var enough = new CompletableFuture<Void>();
        running.whenComplete((_, _) -> enough.complete(null));
        loop.after(ANSWER_MILLIS_MAX, () -> enough.complete(null));
        return enough;
    }

    private void begin() {
        running = new CompletableFuture<>();
        next = new HashMap<>();
        var catalog = broker.catalog();
        for (var queue : catalog.queues()) {
            if (QueueType.of(queue) != QueueType.STREAM) {
                int parts = catalog.topic(queue.topic()).map(topic -> topic.partitions()).orElse(0);
                for (int index = 0; index < parts; index++) {
                    unasked.add(queue.part(index));
                }
            }
        }
        askMore();
    }

    private void askMore() {
        while (open < OPEN_MAX && !unasked.isEmpty()) {
            open++;
            ask(unasked.remove());
        }
        if (open == 0) {
            latest = next;
            latestNanos = clock.nanos();
            running.complete(null);
        }
    }

    private void ask(QueuePart part) {
        broker.queues()
                .report(
                        part,
                        new Reply<>() {
                            @Override
                            public void done(QueueReport report) {
                                loop.execute(() -> told(part, report));
                            }

                            @Override
                            public void refused(BrokerError error) {
                                loop.execute(QueueSampler.this::answered);
                            }
                        });
    }

    private void told(QueuePart part, QueueReport report) {
        next.computeIfAbsent(part.queue(), _ -> new QueueSample()).add(report);
        answered();
    }

    private void answered() {
        open--;
        askMore();
    }

    /// Whether a queue is worth a name of its own in the metrics: something was set for it, or something has happened in it.
    boolean isTold(Queue queue) {
        var sample = latest.get(queue.id());
        return sample != null && (sample.isActive() || hasPolicy(queue));
    }

    boolean hasPolicy(Queue queue) {
        return !broker.catalog().settings(queue).policy().equals(QueuePolicy.DEFAULT);
    }

    Iterable<Queue> queues() {
        return broker.catalog().queues();
    }
}
