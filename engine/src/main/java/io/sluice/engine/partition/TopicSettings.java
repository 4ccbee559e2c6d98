package io.sluice.engine.partition;

import io.sluice.base.Interner;
import java.util.Map;
import java.util.Optional;

/// A topic's settings as the engine needs them, under Kafka's names and with Kafka's defaults. The dialect that took the
/// settings has validated them; what cannot be read here has its default.
///
/// @param retentionMillis `retention.ms`; -1: for ever
/// @param retentionBytes `retention.bytes` per partition; -1: any size
/// @param maxMessageBytes `max.message.bytes`: size of one batch
/// @param deletes `cleanup.policy` contains `delete`
/// @param compacts `cleanup.policy` contains `compact`
/// @param segmentBytes `segment.bytes`; with [#segmentMillis] says when new records count as worth compacting
/// @param segmentMillis `segment.ms`
/// @param minCompactionLagMillis `min.compaction.lag.ms`
/// @param maxCompactionLagMillis `max.compaction.lag.ms`
/// @param minDirtyRatio `min.cleanable.dirty.ratio`, 0 to 1
/// @param deleteRetentionMillis `delete.retention.ms`: how long tombstones stay after they were first compacted
/// @param durability `sluice.durability`, when the topic has one of its own
/// @param keepsUntilConsumed `sluice.retention` is `consumed`: records go when all queues on the topic are done with them
public record TopicSettings(
        long retentionMillis,
        long retentionBytes,
        int maxMessageBytes,
        boolean deletes,
        boolean compacts,
        int segmentBytes,
        long segmentMillis,
        long minCompactionLagMillis,
        long maxCompactionLagMillis,
        double minDirtyRatio,
        long deleteRetentionMillis,
        Optional<Durability> durability,
        boolean keepsUntilConsumed) {

    private static final Interner<TopicSettings> ALIKE = new Interner<>();

    /// What a topic has that sets nothing.
    public static final TopicSettings DEFAULT = TopicSettings.of(Map.of());

    /// Reads a topic's `config()`.
    public static TopicSettings of(Map<String, String> config) {
        var read = new SettingsReader(config);
        var policy = read.words("cleanup.policy", "delete");
        return ALIKE.intern(
                new TopicSettings(
                        read.number("retention.ms", 604_800_000L),
                        read.number("retention.bytes", -1),
                        (int) read.number("max.message.bytes", 1_048_588),
                        policy.contains("delete"),
                        policy.contains("compact"),
                        (int) read.number("segment.bytes", 1_073_741_824),
                        read.number("segment.ms", 604_800_000L),
                        read.number("min.compaction.lag.ms", 0),
                        read.number("max.compaction.lag.ms", Long.MAX_VALUE),
                        read.fraction("min.cleanable.dirty.ratio", 0.5),
                        read.number("delete.retention.ms", 86_400_000L),
                        read.durability("sluice.durability"),
                        "consumed".equals(config.get("sluice.retention"))));
    }

    /// Records younger than this are not compacted yet.
    long youngestCompacted(long now) {
        return minCompactionLagMillis <= 0 ? Long.MAX_VALUE : now - minCompactionLagMillis;
    }
}
