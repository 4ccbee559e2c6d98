package io.sluice.dialect.kafka;

import io.sluice.broker.Catalog;
import io.sluice.broker.Policy;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.Routes;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A catalog without the topics whose names no Kafka client could write: those of queues in other namespaces, and of queues with
/// names that only other protocols allow. A view, nothing is copied.
record KafkaCatalog(Catalog all) implements Catalog {
    private static boolean isVisible(Topic topic) {
        return isLegal(topic.name());
    }

    private static boolean isLegal(String name) {
        return org.apache.kafka.common.internals.Topic.isValid(name);
    }

    @Override
    public Optional<Topic> topic(String name) {
        return isLegal(name) ? all.topic(name) : Optional.empty();
    }

    @Override
    public Optional<Topic> topic(UUID id) {
        return all.topic(id).filter(KafkaCatalog::isVisible);
    }

    /// Counting them takes a walk.
    @Override
    public Collection<Topic> topics() {
        var topics = all.topics();
        return new AbstractCollection<>() {
            @Override
            public Iterator<Topic> iterator() {
                return topics.stream().filter(KafkaCatalog::isVisible).iterator();
            }

            @Override
            public int size() {
                return Math.toIntExact(topics.stream().filter(KafkaCatalog::isVisible).count());
            }
        };
    }

    @Override
    public long version() {
        return all.version();
    }

    @Override
    public UUID clusterId() {
        return all.clusterId();
    }

    @Override
    public Map<String, String> settings(String kind, String name) {
        return all.settings(kind, name);
    }

    @Override
    public Collection<String> configured(String kind) {
        return all.configured(kind);
    }

    @Override
    public Optional<Queue> queue(String namespace, String name) {
        return all.queue(namespace, name);
    }

    @Override
    public Optional<Queue> queue(UUID id) {
        return all.queue(id);
    }

    @Override
    public Collection<Queue> queues() {
        return all.queues();
    }

    @Override
    public Collection<Queue> queuesOf(UUID topic) {
        return all.queuesOf(topic);
    }

    @Override
    public QueueSettings settings(Queue queue) {
        return all.settings(queue);
    }

    @Override
    public Optional<Exchange> exchange(String namespace, String name) {
        return all.exchange(namespace, name);
    }

    @Override
    public Collection<Exchange> exchanges(String namespace) {
        return all.exchanges(namespace);
    }

    @Override
    public Collection<Binding> bindings(String namespace) {
        return all.bindings(namespace);
    }

    @Override
    public Routes routes() {
        return all.routes();
    }

    @Override
    public Collection<String> namespaces() {
        return all.namespaces();
    }

    @Override
    public Optional<Policy> policy(String namespace, String kind, String name) {
        return all.policy(namespace, kind, name);
    }
}
