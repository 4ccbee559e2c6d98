package io.sluice.engine.catalog;

import io.sluice.base.PersistentMap;
import io.sluice.broker.queue.Queue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Queues by namespace and name, by id, and by the topic they subscribe to. Immutable.
record KnownQueues(
        PersistentMap<String, PersistentMap<String, Queue>> byName,
        PersistentMap<UUID, Queue> byId,
        PersistentMap<UUID, PersistentMap<UUID, Queue>> byTopic) {
    static final KnownQueues NONE =
            new KnownQueues(PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty());

    @Nullable Queue named(String namespace, String name) {
        var inNamespace = byName.get(namespace);
        return inNamespace == null ? null : inNamespace.get(name);
    }

    @Nullable Queue get(UUID id) {
        return byId.get(id);
    }

    Queue existing(UUID id) {
        var queue = byId.get(id);
        assert queue != null : "only an existing queue can change: " + id;
        return queue;
    }

    /// Ordered by namespace and name.
    Collection<Queue> all() {
        if (byName.size() == 1) {
            return byName.values().iterator().next().values();
        }
        var all = new ArrayList<Queue>(byId.size());
        byName.values().forEach(inNamespace -> all.addAll(inNamespace.values()));
        return all;
    }

    Collection<Queue> in(String namespace) {
        var inNamespace = byName.get(namespace);
        return inNamespace == null ? List.of() : inNamespace.values();
    }

    Collection<Queue> on(UUID topic) {
        var subscribed = byTopic.get(topic);
        return subscribed == null ? List.of() : subscribed.values();
    }

    KnownQueues with(Queue queue) {
        return new KnownQueues(
                byName.with(
                        queue.namespace(),
                        orEmpty(byName.get(queue.namespace())).with(queue.name(), queue)),
                byId.with(queue.id(), queue),
                byTopic.with(
                        queue.topic(),
                        orEmpty(byTopic.get(queue.topic())).with(queue.id(), queue)));
    }

    KnownQueues without(Queue queue) {
        return new KnownQueues(
                withoutInner(byName, queue.namespace(), queue.name()),
                byId.without(queue.id()),
                withoutInner(byTopic, queue.topic(), queue.id()));
    }

    private static <O extends Comparable<O>, I extends Comparable<I>>
            PersistentMap<O, PersistentMap<I, Queue>> withoutInner(
                    PersistentMap<O, PersistentMap<I, Queue>> map, O outer, I inner) {
        var left = orEmpty(map.get(outer)).without(inner);
        return left.isEmpty() ? map.without(outer) : map.with(outer, left);
    }

    private static <K extends Comparable<K>> PersistentMap<K, Queue> orEmpty(
            @Nullable PersistentMap<K, Queue> map) {
        return map == null ? PersistentMap.empty() : map;
    }
}
