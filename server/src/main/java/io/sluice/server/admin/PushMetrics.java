package io.sluice.server.admin;

import io.sluice.admin.Loop;
import io.sluice.broker.push.PushEndpointView;
import io.sluice.broker.push.PushEndpoints;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/// How endpoints that messages are pushed to do, by the names under which Prometheus knows it; one value per queue. Owned by the admin's loop.
public final class PushMetrics implements Scrape {
    private static final long ANSWER_MILLIS_MAX = 500;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final List<String> QUEUE = List.of("namespace", "queue");

    private final PushEndpoints endpoints;
    private final Loop loop;
    private List<PushEndpointView> views = List.of();

    private PushMetrics(PushEndpoints endpoints, Loop loop) {
        this.endpoints = endpoints;
        this.loop = loop;
    }

    /// @param loop the admin's
    public static Scrape register(Metrics metrics, PushEndpoints endpoints, Loop loop) {
        var push = new PushMetrics(endpoints, loop);
        metrics.counters(
                "sluice_push_requests_total",
                "Requests that have ended, by the class of the answer's status, or by why there was none.",
                List.of("namespace", "queue", "status"),
                push.each(
                        (view, to) ->
                                view.answers()
                                        .forEach(
                                                (status, count) ->
                                                        to.value(
                                                                count,
                                                                view.namespace(),
                                                                view.queue(),
                                                                status))));
        metrics.gauges(
                "sluice_push_seconds",
                "How long answers took, of those of the latest one to two minutes.",
                List.of("namespace", "queue", "quantile"),
                push.each(PushMetrics::latency));
        metrics.gauges(
                "sluice_push_in_flight",
                "Requests that are not answered yet.",
                QUEUE,
                push.each((view, to) -> to.value(view.inFlight(), view.namespace(), view.queue())));
        metrics.gauges(
                "sluice_push_limit",
                "How many may be, now, by what the endpoint answers.",
                QUEUE,
                push.each((view, to) -> to.value(view.limit(), view.namespace(), view.queue())));
        return push;
    }

    private static void latency(PushEndpointView view, Metrics.Sink to) {
        var seconds = view.latencyP50Millis() / MILLIS_PER_SECOND;
        to.value(seconds, view.namespace(), view.queue(), "0.5");
        to.value(
                view.latencyP99Millis() / MILLIS_PER_SECOND,
                view.namespace(),
                view.queue(),
                "0.99");
    }

    @Override
    public CompletableFuture<Void> prepare() {
        var told = new CompletableFuture<Void>();
        endpoints.look(
                latest ->
                        loop.execute(
                                () -> {
                                    views = latest;
                                    told.complete(null);
                                }));
        loop.after(ANSWER_MILLIS_MAX, () -> told.complete(null));
        return told;
    }

    private Metrics.Values each(BiConsumer<PushEndpointView, Metrics.Sink> tell) {
        return to -> views.forEach(view -> tell.accept(view, to));
    }
}
