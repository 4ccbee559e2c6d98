package io.sluice.engine.catalog;

import io.sluice.base.PersistentMap;
import io.sluice.broker.Topic;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Topics by name and by id. Immutable.
///
/// @param transients those that a restart forgets: the topics of queues that it forgets
record KnownTopics(
        PersistentMap<String, Topic> byName,
        PersistentMap<UUID, Topic> byId,
        PersistentMap<UUID, Topic> transients) {
    static final KnownTopics NONE =
            new KnownTopics(PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty());

    @Nullable Topic named(String name) {
        return byName.get(name);
    }

    @Nullable Topic get(UUID id) {
        return byId.get(id);
    }

    Collection<Topic> all() {
        return byName.values();
    }

    boolean isTransient(UUID id) {
        return transients.get(id) != null;
    }

    Topic existing(UUID id) {
        var topic = byId.get(id);
        assert topic != null : "only an existing topic can change: " + id;
        return topic;
    }

    KnownTopics with(Topic topic) {
        return new KnownTopics(
                byName.with(topic.name(), topic), byId.with(topic.id(), topic), transients);
    }

    KnownTopics grown(UUID id, int total) {
        var old = existing(id);
        return with(new Topic(id, old.name(), total, old.config(), old.createdMillis()));
    }

    KnownTopics configured(UUID id, Map<String, String> config) {
        var old = existing(id);
        return with(new Topic(id, old.name(), old.partitions(), config, old.createdMillis()));
    }

    KnownTopics withTransient(Topic topic) {
        var next = with(topic);
        return new KnownTopics(next.byName, next.byId, transients.with(topic.id(), topic));
    }

    KnownTopics without(UUID id) {
        return new KnownTopics(
                byName.without(existing(id).name()), byId.without(id), transients.without(id));
    }
}
