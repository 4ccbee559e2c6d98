package io.sluice.dialect.push;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.broker.Catalog;
import io.sluice.broker.push.PushEndpointView;
import io.sluice.broker.push.PushEndpoints;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.QueueType;
import io.sluice.transport.Loop;
import io.sluice.transport.Transport;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way out by HTTP: an [Endpoint] for each queue whose policy has one, as the catalog says at any time.
///
/// The catalog is looked at on the loop, the newest one only and with pauses, so that a thousand declarations in a row cost few looks.
public final class PushDialect implements PushEndpoints, AutoCloseable {
    /// How long requests that are under way may take when the server stops, if their queue's timeout is not shorter: the process ends itself after twice
    /// that.
    private static final long DRAIN_MILLIS_MAX = 5_000;

    private static final long LOOK_PAUSE_MILLIS = 20;
    private static final int LOOK_SHARE = 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final PushServices services;
    private final AtomicReference<@Nullable Catalog> newest = new AtomicReference<>();
    private final Map<UUID, Endpoint> endpoints = new HashMap<>();
    private final Set<Endpoint> leaving = new HashSet<>();
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();
    private long lookPauseMillis;
    private boolean isStopped;

    private PushDialect(PushServices services) {
        this.services = services;
    }

    public static PushDialect start(
            PushSettings settings, Broker broker, Clock clock, Transport transport) {
        var loop = transport.loop("push");
        var dialect =
                new PushDialect(
                        new PushServices(
                                broker.queues(),
                                loop,
                                transport.httpClient(loop, settings.guard()),
                                clock,
                                "Sluice/" + settings.version()));
        broker.onCatalog(dialect::changed);
        return dialect;
    }

    /// On the thread that changes the catalog.
    private void changed(Catalog catalog) {
        if (newest.getAndSet(catalog) == null) {
            services.loop().execute(() -> services.loop().after(lookPauseMillis, this::follow));
        }
    }

    private void follow() {
        var catalog = newest.getAndSet(null);
        if (isStopped || catalog == null) {
            return;
        }
        long begun = services.clock().nanos();
        var there = new HashSet<UUID>();
        for (var queue : catalog.queues()) {
            var settings = catalog.settings(queue);
            if (settings.policy().push().isPresent() && settings.type() != QueueType.STREAM) {
                there.add(queue.id());
                follow(catalog, queue, settings);
            }
        }
        List.copyOf(endpoints.values()).stream()
                .filter(endpoint -> !there.contains(endpoint.queue().id()))
                .forEach(this::leave);
        long tookMillis = (services.clock().nanos() - begun) / NANOS_PER_MILLI;
        lookPauseMillis = Math.max(LOOK_PAUSE_MILLIS, LOOK_SHARE * tookMillis);
    }

    private void follow(Catalog catalog, Queue queue, QueueSettings settings) {
        var policy = settings.policy().push().orElseThrow();
        boolean hasDeadLetters =
                settings.deadLetterExchange().isPresent()
                        || settings.policy().deadLetter().queue().isPresent();
        var known = endpoints.get(queue.id());
        if (known != null && !known.isAt(policy.url())) {
            leave(known);
            known = null;
        }
        if (known == null) {
            known = new Endpoint(services, queue, policy, hasDeadLetters);
            endpoints.put(queue.id(), known);
        }
        int parts = catalog.topic(queue.topic()).map(topic -> topic.partitions()).orElse(0);
        known.follow(policy, hasDeadLetters, parts);
    }

    /// What it has under way ends in its own time.
    private void leave(Endpoint endpoint) {
        endpoints.remove(endpoint.queue().id());
        leaving.add(endpoint);
        endpoint.stop(() -> left(endpoint));
    }

    private void left(Endpoint endpoint) {
        leaving.remove(endpoint);
        if (isStopped && leaving.isEmpty()) {
            quiet.complete(null);
        }
    }

    @Override
    public void look(Consumer<List<PushEndpointView>> reply) {
        services.loop()
                .execute(
                        () ->
                                reply.accept(
                                        endpoints.values().stream()
                                                .map(Endpoint::view)
                                                .sorted(
                                                        Comparator.comparing(
                                                                        PushEndpointView::namespace)
                                                                .thenComparing(
                                                                        PushEndpointView::queue))
                                                .toList()));
    }

    /// Takes no more messages, waits for what is under way, and gives the rest back.
    @Override
    public void close() {
        var longest = new CompletableFuture<Long>();
        loop().execute(() -> stop(longest));
        loop().await(longest, Duration.ofMillis(DRAIN_MILLIS_MAX));
        loop().await(quiet, Duration.ofMillis(longest.getNow(0L)));
        var end = new CompletableFuture<Void>();
        loop().execute(
                        () -> {
                            List.copyOf(leaving).forEach(Endpoint::abandon);
                            services.http().close();
                            end.complete(null);
                        });
        loop().await(end, Duration.ofMillis(DRAIN_MILLIS_MAX));
    }

    private void stop(CompletableFuture<Long> longest) {
        isStopped = true;
        List.copyOf(endpoints.values()).forEach(this::leave);
        if (leaving.isEmpty()) {
            quiet.complete(null);
        }
        longest.complete(
                leaving.stream()
                        .mapToLong(Endpoint::timeoutMillis)
                        .map(timeout -> Math.min(timeout, DRAIN_MILLIS_MAX))
                        .max()
                        .orElse(0));
    }

    private Loop loop() {
        return services.loop();
    }
}
