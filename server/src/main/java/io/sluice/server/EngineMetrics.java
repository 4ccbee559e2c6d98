package io.sluice.server;

import io.sluice.engine.shard.ShardStatistics;
import io.sluice.server.admin.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What the shards count, by the names under which Prometheus knows it; one value per shard.
final class EngineMetrics {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String SHARD = "shard";

    private final Metrics metrics;
    private final Supplier<List<ShardStatistics>> shards;

    private EngineMetrics(Metrics metrics, Supplier<List<ShardStatistics>> shards) {
        this.metrics = metrics;
        this.shards = shards;
    }

    static void register(Metrics metrics, Supplier<List<ShardStatistics>> shards) {
        var engine = new EngineMetrics(metrics, shards);
        engine.counters();
        engine.gauges();
    }

    private void counters() {
        counter(
                "sluice_appended_batches_total",
                "Batches that became durable.",
                ShardStatistics::appendedBatches);
        counter(
                "sluice_appended_records_total",
                "Records that became durable.",
                ShardStatistics::appendedRecords);
        counter(
                "sluice_appended_bytes_total",
                "Bytes of batches that became durable.",
                ShardStatistics::appendedBytes);
        counter(
                "sluice_fetched_bytes_total",
                "Bytes of batches handed to readers.",
                ShardStatistics::fetchedBytes);
        counter(
                "sluice_refused_commands_total",
                "Commands refused for overload.",
                ShardStatistics::refusedCommands);
        counter(
                "sluice_shard_turns_total",
                "Turns of a shard's loop with something to do.",
                ShardStatistics::turns);
        counter(
                "sluice_shard_busy_seconds_total",
                "Time spent in such turns.",
                shard -> shard.busyNanos() / NANOS_PER_SECOND);
    }

    private void gauges() {
        gauge("sluice_mailbox_commands", "Commands that wait.", ShardStatistics::mailboxDepth);
        gauge(
                "sluice_pending_bytes",
                "Appended bytes that are not durable yet.",
                ShardStatistics::pendingBytes);
        gauge("sluice_partitions", "Partitions.", ShardStatistics::partitions);
    }

    private void counter(String name, String help, ToDoubleFunction<ShardStatistics> value) {
        metrics.counters(name, help, SHARD, () -> byShard(value));
    }

    private void gauge(String name, String help, ToDoubleFunction<ShardStatistics> value) {
        metrics.gauges(name, help, SHARD, () -> byShard(value));
    }

    private Map<String, Double> byShard(ToDoubleFunction<ShardStatistics> value) {
        return shards.get().stream()
                .collect(
                        Collectors.toMap(
                                shard -> Integer.toString(shard.shard()), value::applyAsDouble));
    }
}
