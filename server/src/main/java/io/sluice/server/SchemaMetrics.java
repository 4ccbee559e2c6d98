package io.sluice.server;

import io.sluice.schema.gate.GateStatistics;
import io.sluice.server.admin.Metrics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What schemas let through and what they do not, by the names under which Prometheus knows it.
final class SchemaMetrics {
    private SchemaMetrics() {}

    static void register(Metrics metrics, Supplier<GateStatistics> gate) {
        metrics.counters(
                "sluice_schema_records_total",
                "Records held against a schema, by what came of it.",
                "outcome",
                () -> outcomes(gate.get()));
        metrics.counter(
                "sluice_schema_validation_seconds_total",
                "What holding records against schemas took, all together.",
                () -> (double) gate.get().nanos() / TimeUnit.SECONDS.toNanos(1));
    }

    private static Map<String, Double> outcomes(GateStatistics gate) {
        return Map.of(
                "valid", (double) gate.valid(),
                "rejected", (double) gate.rejected(),
                "dead_lettered", (double) gate.deadLettered());
    }
}
