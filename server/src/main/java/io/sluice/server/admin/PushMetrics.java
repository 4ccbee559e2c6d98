package io.sluice.server.admin;

import io.sluice.admin.Loop;
import io.sluice.broker.push.PushEndpointView;
import io.sluice.broker.push.PushEndpoints;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;

/// How the endpoints are that queues deliver to, by the names under which Prometheus knows it. Owned by the admin's loop.
public final class PushMetrics implements Scrape {
    private static final long ANSWER_MILLIS_MAX = 500;
    private static final int NAMED_MAX = 1_000;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final List<String> QUEUE = List.of("namespace", "queue");

    private final PushEndpoints endpoints;
    private final Loop loop;
    private List<PushEndpointView> latest = List.of();

    private PushMetrics(PushEndpoints endpoints, Loop loop) {
        this.endpoints = endpoints;
        this.loop = loop;
    }

    /// @param loop the admin's
    public static Scrape register(Metrics metrics, PushEndpoints endpoints, Loop loop) {
        var push = new PushMetrics(endpoints, loop);
        push.register(metrics);
        return push;
    }

    private void register(Metrics metrics) {
        gauge(
                metrics,
                "sluice_push_in_flight",
                "Requests that are not answered yet.",
                PushEndpointView::inFlight);
        gauge(
                metrics,
                "sluice_push_limit",
                "How many requests may be under way at one time, by what the endpoint answers.",
                PushEndpointView::limit);
        metrics.counters(
                "sluice_push_requests_total",
                "Requests that have ended, by the class of their status or why there was no answer.",
                List.of("namespace", "queue", "outcome"),
                to ->
                        latest.forEach(
                                view ->
                                        view.answers()
                                                .forEach(
                                                        (outcome, count) ->
                                                                to.value(
                                                                        count,
                                                                        view.namespace(),
                                                                        view.queue(),
                                                                        outcome))));
        metrics.gauges(
                "sluice_push_latency_seconds",
                "How long answers of the latest one to two minutes took.",
                List.of("namespace", "queue", "quantile"),
                to ->
                        latest.forEach(
                                view -> {
                                    latency(to, view, "0.5", view.latencyP50Millis());
                                    latency(to, view, "0.99", view.latencyP99Millis());
                                }));
    }

    /// None when there were no answers.
    private static void latency(
            Metrics.Sink to, PushEndpointView view, String quantile, double millis) {
        if (millis > 0) {
            to.value(millis / MILLIS_PER_SECOND, view.namespace(), view.queue(), quantile);
        }
    }

    private void gauge(
            Metrics metrics, String name, String help, ToDoubleFunction<PushEndpointView> value) {
        metrics.gauges(
                name,
                help,
                QUEUE,
                to ->
                        latest.forEach(
                                view ->
                                        to.value(
                                                value.applyAsDouble(view),
                                                view.namespace(),
                                                view.queue())));
    }

    @Override
    public CompletableFuture<Void> prepare() {
        var enough = new CompletableFuture<Void>();
        endpoints.look(
                views ->
                        loop.execute(
                                () -> {
                                    latest = views.stream().limit(NAMED_MAX).toList();
                                    enough.complete(null);
                                }));
        loop.after(ANSWER_MILLIS_MAX, () -> enough.complete(null));
        return enough;
    }
}
