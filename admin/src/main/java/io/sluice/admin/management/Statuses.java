package io.sluice.admin.management;

import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.QueueType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// What queues hold, and how fast that changes. Owned by the loop.
///
/// A queue that somebody asked about is sampled for a minute more, so that the next answer knows its rates. When nobody asks, nothing
/// happens.
final class Statuses {
    private static final long SAMPLE_MILLIS = TimeUnit.SECONDS.toMillis(5);
    private static final long INTEREST_NANOS = TimeUnit.SECONDS.toNanos(65);

    private final ManagementServices services;
    private final Asks asks;
    private final Map<UUID, Watched> watched = new HashMap<>();
    private boolean sampling;

    Statuses(ManagementServices services) {
        this.services = services;
        this.asks = services.asks();
    }

    private static final class Watched {
        private final Rates rates = new Rates();
        private long askedNanos;
    }

    /// The figures of queues, by their ids; of a queue that has gone meanwhile there are none.
    CompletableFuture<Map<UUID, QueueFigures>> of(Collection<Queue> queues) {
        long now = services.clock().nanos();
        for (var queue : queues) {
            watched.computeIfAbsent(queue.id(), _ -> new Watched()).askedNanos = now;
        }
        startSampling();
        return read(queues);
    }

    /// All queues' figures.
    CompletableFuture<Map<UUID, QueueFigures>> ofAll() {
        return of(services.broker().catalog().queues());
    }

    private CompletableFuture<Map<UUID, QueueFigures>> read(Collection<Queue> queues) {
        return asks.each(queues, this::status)
                .thenApply(
                        statuses -> {
                            var figures = new HashMap<UUID, QueueFigures>();
                            int at = 0;
                            for (var queue : queues) {
                                statuses.get(at++)
                                        .ifPresent(
                                                status ->
                                                        figures.put(
                                                                queue.id(),
                                                                observe(queue, status)));
                            }
                            return figures;
                        });
    }

    private QueueFigures observe(Queue queue, QueueStatus status) {
        var rates =
                watched.computeIfAbsent(queue.id(), _ -> new Watched())
                        .rates
                        .observe(
                                services.clock().nanos(),
                                status.published(),
                                status.delivered(),
                                status.acknowledged(),
                                status.redelivered(),
                                status.ready(),
                                status.leased());
        return new QueueFigures(status, rates[0], rates[1], rates[2], rates[3], rates[4], rates[5]);
    }

    private void startSampling() {
        if (!sampling && !watched.isEmpty()) {
            sampling = true;
            services.loop().after(SAMPLE_MILLIS, this::sample);
        }
    }

    private void sample() {
        sampling = false;
        long now = services.clock().nanos();
        var catalog = services.broker().catalog();
        watched.entrySet()
                .removeIf(
                        entry ->
                                now - entry.getValue().askedNanos > INTEREST_NANOS
                                        || catalog.queue(entry.getKey()).isEmpty());
        var queues = watched.keySet().stream().flatMap(id -> catalog.queue(id).stream()).toList();
        read(queues).whenComplete((_, _) -> startSampling());
    }

    /// None when the queue is gone.
    private CompletableFuture<Optional<QueueStatus>> status(Queue queue) {
        var catalog = services.broker().catalog();
        int parts = catalog.topic(queue.topic()).map(topic -> topic.partitions()).orElse(0);
        var stream = QueueType.of(queue) == QueueType.STREAM;
        var indexes = IntStream.range(0, parts).boxed().toList();
        return asks.each(
                        indexes,
                        index -> stream ? streamStatus(queue, index) : partStatus(queue, index))
                .thenApply(Statuses::sum)
                .exceptionally(Statuses::goneOrFailed);
    }

    private CompletableFuture<QueueStatus> partStatus(Queue queue, int index) {
        return asks.ask(reply -> services.broker().queues().status(queue.part(index), reply));
    }

    /// Of a stream nothing is consumed: what it holds are its records.
    private CompletableFuture<QueueStatus> streamStatus(Queue queue, int index) {
        return asks.<PartitionStatus>ask(
                        reply -> services.broker().status(queue.part(index).partition(), reply))
                .thenApply(
                        status ->
                                new QueueStatus(
                                        status.highWatermark() - status.startOffset(),
                                        0,
                                        0,
                                        status.bytes(),
                                        status.highWatermark(),
                                        0,
                                        0,
                                        0,
                                        0,
                                        List.of()));
    }

    private static Optional<QueueStatus> goneOrFailed(Throwable failure) {
        return switch (Asks.refusal(failure)) {
            case BrokerError.UnknownQueue _, BrokerError.UnknownPartition _ -> Optional.empty();
            case null, default -> throw new CompletionException(failure);
        };
    }

    /// All parts together. Consumers subscribe to every part: those of part 0 are all.
    private static Optional<QueueStatus> sum(List<QueueStatus> parts) {
        return parts.stream().reduce(Statuses::sum);
    }

    private static QueueStatus sum(QueueStatus one, QueueStatus other) {
        return new QueueStatus(
                one.ready() + other.ready(),
                one.leased() + other.leased(),
                one.delayed() + other.delayed(),
                one.readyBytes() + other.readyBytes(),
                one.published() + other.published(),
                one.delivered() + other.delivered(),
                one.acknowledged() + other.acknowledged(),
                one.redelivered() + other.redelivered(),
                Math.max(one.idleSinceMillis(), other.idleSinceMillis()),
                one.consumers());
    }
}
