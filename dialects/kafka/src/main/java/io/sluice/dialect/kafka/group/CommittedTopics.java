package io.sluice.dialect.kafka.group;

import io.sluice.broker.Catalog;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.group.GroupCoordinatorShard.DeletedTopic;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/// Topics that a replayed log holds committed offsets for. Some may be gone: deleted while the partition was not loaded, or
/// just before a crash, so that nobody removed what was committed for them.
final class CommittedTopics {
    private final Set<DeletedTopic> seen = new LinkedHashSet<>();

    void note(CoordinatorRecord record) {
        if (record.key() instanceof OffsetCommitKey key
                && record.value() != null
                && record.value().message() instanceof OffsetCommitValue value) {
            seen.add(new DeletedTopic(value.topicId(), key.topic()));
        }
    }

    /// Those that are not in the catalog.
    List<DeletedTopic> missingFrom(Catalog catalog) {
        return seen.stream().filter(topic -> !exists(catalog, topic)).toList();
    }

    private static boolean exists(Catalog catalog, DeletedTopic topic) {
        return topic.id().equals(Uuid.ZERO_UUID)
                ? catalog.topic(topic.name()).isPresent()
                : catalog.topic(CatalogImage.brokerId(topic.id())).isPresent();
    }
}
