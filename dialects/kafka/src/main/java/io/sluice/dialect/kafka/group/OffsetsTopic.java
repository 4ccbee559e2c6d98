package io.sluice.dialect.kafka.group;

import io.sluice.broker.CatalogChange;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;

/// The internal topic that groups and their committed offsets live in. Compacted: the newest record of each key is the state.
public final class OffsetsTopic {
    /// The name that Kafka's tools know it by.
    public static final String NAME = "__consumer_offsets";

    /// Kafka's own: small segments, so that compaction gets at them soon.
    private static final int SEGMENT_BYTES = 100 * 1024 * 1024;

    private OffsetsTopic() {}

    static CatalogChange creation(int partitions) {
        return new CatalogChange.CreateTopic(
                CatalogImage.brokerId(Uuid.randomUuid()),
                NAME,
                partitions,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.COMPRESSION_TYPE_CONFIG,
                        "producer",
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        Integer.toString(SEGMENT_BYTES)));
    }

    static TopicPartition partition(int index) {
        return new TopicPartition(NAME, index);
    }
}
