package io.sluice.admin.sluice;

import io.sluice.admin.management.Asks;
import io.sluice.admin.management.ManagementServices;
import io.sluice.admin.management.Parts;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.message.Death;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.QueueReport.Waits;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.QueueType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// What queues have been through: every part is asked, and the answers are put together.
final class Reports {
    private final ManagementServices services;

    Reports(ManagementServices services) {
        this.services = services;
    }

    /// None when the queue has gone meanwhile.
    CompletableFuture<Optional<QueueReport>> of(Queue queue) {
        var parts = Parts.of(services.broker().catalog(), queue);
        var isStream = QueueType.of(queue) == QueueType.STREAM;
        return services.asks()
                .each(parts, part -> isStream ? ofStream(part) : ofPart(part))
                .thenApply(reports -> reports.stream().reduce(Reports::sum))
                .exceptionally(Reports::goneOrFailed);
    }

    private CompletableFuture<QueueReport> ofPart(QueuePart part) {
        return services.asks().ask(reply -> services.broker().queues().report(part, reply));
    }

    /// Of a stream nothing is consumed: what it holds are its records.
    private CompletableFuture<QueueReport> ofStream(QueuePart part) {
        return services.asks()
                .<PartitionStatus>ask(reply -> services.broker().status(part.partition(), reply))
                .thenApply(
                        status ->
                                new QueueReport(
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
                                                List.of()),
                                        0,
                                        0,
                                        List.of(),
                                        0,
                                        Map.of(),
                                        new BreakerView(
                                                BreakerView.State.CLOSED, "", 0, 0, 0, 0, 0, 0)));
    }

    private static Optional<QueueReport> goneOrFailed(Throwable failure) {
        return switch (Asks.refusal(failure)) {
            case BrokerError.UnknownQueue _, BrokerError.UnknownPartition _ -> Optional.empty();
            case null, default -> throw new CompletionException(failure);
        };
    }

    static QueueReport sum(QueueReport one, QueueReport other) {
        return new QueueReport(
                sum(one.status(), other.status()),
                earlier(one.oldestReadyMillis(), other.oldestReadyMillis()),
                earlier(one.nextDueMillis(), other.nextDueMillis()),
                sum(one.waits(), other.waits()),
                one.failures() + other.failures(),
                sum(one.dead(), other.dead()),
                Breakers.sum(one.breaker(), other.breaker()));
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

    /// 0 is no moment.
    private static long earlier(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    private static List<Waits> sum(List<Waits> one, List<Waits> other) {
        var buckets = new TreeMap<Long, Long>();
        one.forEach(waits -> buckets.merge(waits.withinMillis(), waits.messages(), Long::sum));
        other.forEach(waits -> buckets.merge(waits.withinMillis(), waits.messages(), Long::sum));
        return buckets.entrySet().stream()
                .map(bucket -> new Waits(bucket.getKey(), bucket.getValue()))
                .toList();
    }

    private static Map<Death.Reason, Long> sum(
            Map<Death.Reason, Long> one, Map<Death.Reason, Long> other) {
        var all = new EnumMap<Death.Reason, Long>(Death.Reason.class);
        one.forEach((reason, count) -> all.merge(reason, count, Long::sum));
        other.forEach((reason, count) -> all.merge(reason, count, Long::sum));
        return all;
    }
}
