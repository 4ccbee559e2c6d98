package io.sluice.server.admin;

import io.sluice.admin.Loop;
import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.queue.Queue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

/// What queues hold and have been through, by the names under which Prometheus knows it; one value per queue. Owned by the admin's loop.
///
/// A queue in which nothing has happened and for which nothing was set is left out. At most 1,000 have a name of their own, those with a policy
/// first; the others are one sum, so that a broker with a hundred thousand queues can still be scraped.
public final class QueueMetrics implements Scrape {
    static final int NAMED_MAX = 1_000;

    private static final String OTHERS = "(others)";
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final List<String> QUEUE = List.of("namespace", "queue");

    private final QueueSampler sampler;
    private List<Row> rows = List.of();

    private QueueMetrics(QueueSampler sampler) {
        this.sampler = sampler;
    }

    private record Row(String namespace, String queue, QueueSample sample) {}

    /// @param loop the admin's
    public static Scrape register(Metrics metrics, Broker broker, Loop loop) {
        return register(metrics, new QueueSampler(broker, Clock.system(), loop));
    }

    static QueueMetrics register(Metrics metrics, QueueSampler sampler) {
        var queues = new QueueMetrics(sampler);
        queues.holdings(metrics);
        queues.times(metrics);
        queues.failures(metrics);
        queues.breakers(metrics);
        return queues;
    }

    @Override
    public CompletableFuture<Void> prepare() {
        return sampler.refresh().thenRun(this::arrange);
    }

    /// Puts the sampler's latest figures in order, once for all metrics of a scrape.
    private void arrange() {
        var told = new ArrayList<Queue>();
        sampler.queues().forEach(told::add);
        told.removeIf(queue -> !sampler.isTold(queue));
        if (told.size() > NAMED_MAX) {
            told.sort(Comparator.comparing(queue -> !sampler.hasPolicy(queue)));
        }
        var arranged = new ArrayList<Row>();
        var others = new QueueSample();
        for (var queue : told) {
            var sample = sampler.latest().get(queue.id());
            assert sample != null : "what is told was sampled: " + queue;
            if (arranged.size() < NAMED_MAX) {
                arranged.add(new Row(queue.namespace(), queue.name(), sample));
            } else {
                others.add(sample);
            }
        }
        if (told.size() > NAMED_MAX) {
            arranged.add(new Row("", OTHERS, others));
        }
        rows = arranged;
    }

    private void holdings(Metrics metrics) {
        gauge(
                metrics,
                "sluice_queue_ready",
                "Messages that could be handed out.",
                QueueSample::ready);
        gauge(
                metrics,
                "sluice_queue_leased",
                "Messages handed out and not settled.",
                QueueSample::leased);
        gauge(
                metrics,
                "sluice_queue_waiting",
                "Messages that wait for their time: delayed, or failed and to be tried again.",
                QueueSample::waiting);
    }

    private void times(Metrics metrics) {
        metrics.gauges(
                "sluice_queue_oldest_ready_seconds",
                "How long ago the oldest ready message was published; none without a ready message.",
                QUEUE,
                each(
                        (row, to) -> {
                            if (row.sample.oldestMillis() != Long.MAX_VALUE) {
                                long age = sampler.nowMillis() - row.sample.oldestMillis();
                                to.value(seconds(age), row.namespace, row.queue);
                            }
                        }));
        metrics.gauges(
                "sluice_queue_next_due_seconds",
                "How long until the next waiting message is ready; none when none waits.",
                QUEUE,
                each(
                        (row, to) -> {
                            if (row.sample.dueMillis() != Long.MAX_VALUE) {
                                long left = row.sample.dueMillis() - sampler.nowMillis();
                                to.value(seconds(left), row.namespace, row.queue);
                            }
                        }));
    }

    private static double seconds(long millis) {
        return Math.max(0, millis) / MILLIS_PER_SECOND;
    }

    private void failures(Metrics metrics) {
        metrics.counters(
                "sluice_queue_failures_total",
                "Tries that failed.",
                QUEUE,
                each(
                        (row, to) ->
                                to.value(
                                        (double) row.sample.failures(), row.namespace, row.queue)));
        metrics.counters(
                "sluice_queue_redriven_total",
                "Dead letters that were moved out of the queue, back or elsewhere.",
                QUEUE,
                each(
                        (row, to) ->
                                to.value(
                                        (double) row.sample.redriven(), row.namespace, row.queue)));
        metrics.counters(
                "sluice_queue_dead_letters_total",
                "Messages that became dead letters, by reason.",
                List.of("namespace", "queue", "reason"),
                each(
                        (row, to) ->
                                row.sample
                                        .dead()
                                        .forEach(
                                                (reason, count) ->
                                                        to.value(
                                                                count,
                                                                row.namespace,
                                                                row.queue,
                                                                reason.text()))));
    }

    private void breakers(Metrics metrics) {
        gauge(
                metrics,
                "sluice_queue_breaker_state",
                "0 closed, 1 half open, 2 open; of several parts the worst.",
                QueueSample::breaker);
        metrics.counters(
                "sluice_queue_breaker_transitions_total",
                "How often the breaker has changed to a state.",
                List.of("namespace", "queue", "to"),
                each(
                        (row, to) ->
                                to.value(
                                        (double) row.sample.openings(),
                                        row.namespace,
                                        row.queue,
                                        "open")));
    }

    private void gauge(
            Metrics metrics, String name, String help, ToDoubleFunction<QueueSample> value) {
        metrics.gauges(
                name,
                help,
                QUEUE,
                each(
                        (row, to) ->
                                to.value(
                                        value.applyAsDouble(row.sample),
                                        row.namespace,
                                        row.queue)));
    }

    private Metrics.Values each(BiConsumer<Row, Metrics.Sink> tell) {
        return to -> rows.forEach(row -> tell.accept(row, to));
    }
}
