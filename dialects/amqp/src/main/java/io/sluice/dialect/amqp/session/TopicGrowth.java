package io.sluice.dialect.amqp.session;

import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/// Tells consumers of queues when the topic below gets more partitions. Any thread may use it.
public final class TopicGrowth {
    /// Who is told, and of which topic.
    private final Map<IntConsumer, UUID> watched = new ConcurrentHashMap<>();

    /// @param grown told on another thread how many partitions the topic has, at every change of the catalog
    void watch(UUID topic, IntConsumer grown) {
        watched.put(grown, topic);
    }

    void forget(IntConsumer grown) {
        watched.remove(grown);
    }

    /// The catalog has changed.
    public void onCatalog(Catalog catalog) {
        watched.forEach(
                (grown, topic) ->
                        catalog.topic(topic).map(Topic::partitions).ifPresent(grown::accept));
    }
}
