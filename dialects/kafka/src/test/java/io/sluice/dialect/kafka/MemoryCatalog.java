package io.sluice.dialect.kafka;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Policy;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.Routes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A catalog as a value: each change makes another one. It has no queues.
record MemoryCatalog(
        long version,
        UUID clusterId,
        Map<String, Topic> byName,
        Map<String, Map<String, Map<String, String>>> settings)
        implements Catalog {

    static MemoryCatalog empty() {
        return new MemoryCatalog(
                0, new UUID(0x5100_1CE0_0000_4000L, 0x8000_0000_0000_0001L), Map.of(), Map.of());
    }

    @Override
    public Optional<Topic> topic(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Optional<Topic> topic(UUID id) {
        return byName.values().stream().filter(topic -> topic.id().equals(id)).findFirst();
    }

    @Override
    public Collection<Topic> topics() {
        return byName.values();
    }

    @Override
    public Map<String, String> settings(String kind, String name) {
        return settings.getOrDefault(kind, Map.of()).getOrDefault(name, Map.of());
    }

    @Override
    public Collection<String> configured(String kind) {
        return settings.getOrDefault(kind, Map.of()).keySet();
    }

    @Override
    public Optional<Queue> queue(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Queue> queue(UUID id) {
        return Optional.empty();
    }

    @Override
    public Collection<Queue> queues() {
        return List.of();
    }

    @Override
    public Collection<Queue> queuesOf(UUID topic) {
        return List.of();
    }

    @Override
    public QueueSettings settings(Queue queue) {
        return QueueSettings.DEFAULT;
    }

    @Override
    public Optional<Exchange> exchange(String namespace, String name) {
        return routes().exchange(namespace, name);
    }

    @Override
    public Collection<Exchange> exchanges(String namespace) {
        return routes().exchanges(namespace);
    }

    @Override
    public Collection<Binding> bindings(String namespace) {
        return routes().bindings(namespace);
    }

    @Override
    public Routes routes() {
        return Routes.INITIAL;
    }

    @Override
    public Collection<String> namespaces() {
        return routes().namespaces();
    }

    @Override
    public Optional<Policy> policy(String namespace, String kind, String name) {
        return Optional.empty();
    }

    /// Why the change is not possible.
    Optional<BrokerError> refusal(CatalogChange change) {
        return switch (change) {
            case CatalogChange.CreateTopic(_, String name, _, _) ->
                    topic(name).map(_ -> new BrokerError.TopicExists(name));
            case CatalogChange.DeleteTopic(UUID id) -> unknown(id);
            case CatalogChange.ConfigureTopic(UUID id, _) -> unknown(id);
            case CatalogChange.GrowTopic(UUID id, int total) ->
                    unknown(id)
                            .or(
                                    () ->
                                            topic(id)
                                                    .filter(topic -> total <= topic.partitions())
                                                    .map(
                                                            topic ->
                                                                    new BrokerError
                                                                            .InvalidPartitionCount(
                                                                            total
                                                                                    + " is not more than "
                                                                                    + topic
                                                                                            .partitions())));
            case CatalogChange.Configure _ -> Optional.empty();
            case CatalogChange.DeclareQueue _,
                    CatalogChange.ConfigureQueue _,
                    CatalogChange.ReplaceQueue _,
                    CatalogChange.AdjustQueue _,
                    CatalogChange.DeleteQueue _,
                    CatalogChange.DeclareExchange _,
                    CatalogChange.DeleteExchange _,
                    CatalogChange.Bind _,
                    CatalogChange.Unbind _ ->
                    Optional.of(new BrokerError.Invalid("there are no queues here"));
        };
    }

    private Optional<BrokerError> unknown(UUID id) {
        return topic(id).isPresent()
                ? Optional.empty()
                : Optional.of(new BrokerError.UnknownPartition(id, 0));
    }

    /// What exists after a change that was not refused.
    MemoryCatalog after(CatalogChange change, long nowMillis) {
        return switch (change) {
            case CatalogChange.CreateTopic(UUID id, String name, int partitions, var config) ->
                    with(new Topic(id, name, partitions, config, nowMillis));
            case CatalogChange.DeleteTopic(UUID id) -> without(topic(id).orElseThrow());
            case CatalogChange.ConfigureTopic(UUID id, var config) -> {
                var topic = topic(id).orElseThrow();
                yield with(
                        new Topic(
                                id,
                                topic.name(),
                                topic.partitions(),
                                config,
                                topic.createdMillis()));
            }
            case CatalogChange.GrowTopic(UUID id, int total) -> {
                var topic = topic(id).orElseThrow();
                yield with(
                        new Topic(id, topic.name(), total, topic.config(), topic.createdMillis()));
            }
            case CatalogChange.Configure(String kind, String name, var config) ->
                    configured(kind, name, config);
            case CatalogChange.DeclareQueue _,
                    CatalogChange.ConfigureQueue _,
                    CatalogChange.ReplaceQueue _,
                    CatalogChange.AdjustQueue _,
                    CatalogChange.DeleteQueue _,
                    CatalogChange.DeclareExchange _,
                    CatalogChange.DeleteExchange _,
                    CatalogChange.Bind _,
                    CatalogChange.Unbind _ ->
                    throw new AssertionError("was refused: " + change);
        };
    }

    private MemoryCatalog with(Topic topic) {
        var topics = new TreeMap<>(byName);
        topics.put(topic.name(), topic);
        return new MemoryCatalog(version + 1, clusterId, topics, settings);
    }

    private MemoryCatalog without(Topic topic) {
        var topics = new TreeMap<>(byName);
        topics.remove(topic.name());
        return new MemoryCatalog(version + 1, clusterId, topics, settings);
    }

    private MemoryCatalog configured(String kind, String name, Map<String, String> config) {
        var all = new TreeMap<>(settings);
        var named = new TreeMap<>(all.getOrDefault(kind, Map.of()));
        if (config.isEmpty()) {
            named.remove(name);
        } else {
            named.put(name, config);
        }
        all.put(kind, named);
        return new MemoryCatalog(version + 1, clusterId, byName, all);
    }
}
