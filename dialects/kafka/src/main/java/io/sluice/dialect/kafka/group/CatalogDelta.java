package io.sluice.dialect.kafka.group;

import io.sluice.broker.Topic;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.common.runtime.CoordinatorMetadataDelta;

/// What happened to topics between two catalogs. A topic deleted and created again under its name is two topics.
///
/// @param image the catalog before
/// @param changedTopicIds created ones and those that grew
record CatalogDelta(
        CatalogImage image,
        Set<Uuid> createdTopicIds,
        Set<Uuid> changedTopicIds,
        Set<Uuid> deletedTopicIds)
        implements CoordinatorMetadataDelta {
    static CatalogDelta between(CatalogImage before, CatalogImage after) {
        var created = new HashSet<Uuid>();
        var changed = new HashSet<Uuid>();
        var deleted = new HashSet<Uuid>();
        if (before.version() != after.version()) {
            for (var topic : after.catalog().topics()) {
                var earlier = before.catalog().topic(topic.id()).map(Topic::partitions).orElse(0);
                if (earlier == 0) {
                    created.add(CatalogImage.kafkaId(topic.id()));
                }
                if (earlier != topic.partitions()) {
                    changed.add(CatalogImage.kafkaId(topic.id()));
                }
            }
            for (var topic : before.catalog().topics()) {
                if (after.catalog().topic(topic.id()).isEmpty()) {
                    deleted.add(CatalogImage.kafkaId(topic.id()));
                }
            }
        }
        return new CatalogDelta(before, created, changed, deleted);
    }

    boolean isEmpty() {
        return changedTopicIds.isEmpty() && deletedTopicIds.isEmpty();
    }
}
