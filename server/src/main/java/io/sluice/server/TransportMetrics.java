package io.sluice.server;

import io.sluice.server.admin.Metrics;
import io.sluice.transport.Listener;
import io.sluice.transport.MemoryBudget;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What goes through the ports, by the names under which Prometheus knows it; one value per dialect.
final class TransportMetrics {
    private static final String DIALECT = "dialect";

    private TransportMetrics() {}

    static void register(Metrics metrics, MemoryBudget budget, Map<String, Listener> listeners) {
        metrics.gauge(
                "sluice_memory_budget_bytes",
                "What requests and answers in flight may take.",
                budget::bytesMax);
        metrics.gauge(
                "sluice_memory_budget_used_bytes",
                "What requests and answers in flight take.",
                budget::bytesUsed);
        metrics.gauges(
                "sluice_connections",
                "Connections that are open.",
                DIALECT,
                () -> each(listeners, Listener::connections));
        metrics.counters(
                "sluice_refused_connections_total",
                "Connections refused as there were too many.",
                DIALECT,
                () -> each(listeners, listener -> listener.traffic().refusedConnections()));
        metrics.counters(
                "sluice_requests_total",
                "Requests received.",
                DIALECT,
                () -> each(listeners, listener -> listener.traffic().requests()));
        metrics.counters(
                "sluice_received_bytes_total",
                "Bytes received.",
                DIALECT,
                () -> each(listeners, listener -> listener.traffic().bytesReceived()));
        metrics.counters(
                "sluice_sent_bytes_total",
                "Bytes sent.",
                DIALECT,
                () -> each(listeners, listener -> listener.traffic().bytesSent()));
    }

    private static Map<String, Double> each(
            Map<String, Listener> listeners, ToDoubleFunction<Listener> value) {
        return listeners.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, entry -> value.applyAsDouble(entry.getValue())));
    }
}
