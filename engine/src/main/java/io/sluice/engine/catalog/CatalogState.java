package io.sluice.engine.catalog;

import io.sluice.broker.Catalog;
import io.sluice.broker.Policy;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What exists, at one moment. Immutable: [#apply] gives the next one.
public final class CatalogState implements Catalog {
    private static final UUID NOBODY = new UUID(0, 0);

    private final long version;
    private final UUID clusterId;
    private final PersistentMap<String, Topic> byName;
    private final PersistentMap<UUID, Topic> byId;
    private final PersistentMap<String, PersistentMap<String, Map<String, String>>> settings;
    private final long producerIdsBelow;
    private final int shards;
    private java.util.TreeMap<String, Queue> queues = new java.util.TreeMap<>();

    private CatalogState(
            long version,
            UUID clusterId,
            PersistentMap<String, Topic> byName,
            PersistentMap<UUID, Topic> byId,
            PersistentMap<String, PersistentMap<String, Map<String, String>>> settings,
            long producerIdsBelow,
            int shards) {
        this.version = version;
        this.clusterId = clusterId;
        this.byName = byName;
        this.byId = byId;
        this.settings = settings;
        this.producerIdsBelow = producerIdsBelow;
        this.shards = shards;
    }

    /// Before anything was founded.
    public static CatalogState empty() {
        return new CatalogState(
                0,
                NOBODY,
                PersistentMap.empty(),
                PersistentMap.empty(),
                PersistentMap.empty(),
                0,
                0);
    }

    /// The state after `entry`, live and on recovery alike.
    public CatalogState apply(CatalogEntry entry) {
        var next = applied(entry);
        var all = new java.util.TreeMap<String, Queue>(queues);
        if (entry instanceof CatalogEntry.QueueDeclared(Queue queue)) {
            all.put(queue.namespace() + '\u0000' + queue.name(), queue);
        } else if (entry instanceof CatalogEntry.QueueDeleted(UUID id)) {
            all.values().removeIf(queue -> queue.id().equals(id));
        }
        all.values().removeIf(queue -> next.topic(queue.topic()).isEmpty());
        next.queues = all;
        return next;
    }

    private CatalogState applied(CatalogEntry entry) {
        return switch (entry) {
            case CatalogEntry.QueueDeclared(Queue queue) when byId.get(queue.topic()) == null ->
                    with(
                            new Topic(
                                    queue.topic(),
                                    Queue.topicName(queue.namespace(), queue.name()),
                                    1,
                                    Map.of(
                                            "retention.ms",
                                            "-1",
                                            "sluice.retention",
                                            "consumed",
                                            "max.message.bytes",
                                            "134217728"),
                                    queue.createdMillis()));
            case CatalogEntry.QueueDeclared _ -> at(version + 1);
            case CatalogEntry.QueueDeleted(UUID id) -> {
                var queue = queue(id).orElseThrow();
                var topic = existing(queue.topic());
                yield queuesOf(topic.id()).size() == 1
                                && "consumed".equals(topic.config().get("sluice.retention"))
                        ? topics(byName.without(topic.name()), byId.without(topic.id()))
                        : at(version + 1);
            }
            case CatalogEntry.ExchangeDeclared _,
                    CatalogEntry.ExchangeDeleted _,
                    CatalogEntry.Bound _,
                    CatalogEntry.Unbound _ ->
                    at(version + 1);
            case CatalogEntry.Founded(UUID id) -> {
                assert !founded() : "a catalog is founded once";
                yield new CatalogState(
                        version + 1, id, byName, byId, settings, producerIdsBelow, shards);
            }
            case CatalogEntry.TopicCreated created ->
                    with(
                            new Topic(
                                    created.id(),
                                    created.name(),
                                    created.partitions(),
                                    created.config(),
                                    created.createdMillis()));
            case CatalogEntry.TopicDeleted(UUID id) -> {
                var gone = existing(id);
                yield topics(byName.without(gone.name()), byId.without(id));
            }
            case CatalogEntry.TopicGrown(UUID id, int total) -> {
                var old = existing(id);
                yield with(new Topic(id, old.name(), total, old.config(), old.createdMillis()));
            }
            case CatalogEntry.TopicConfigured(UUID id, Map<String, String> config) -> {
                var old = existing(id);
                yield with(
                        new Topic(id, old.name(), old.partitions(), config, old.createdMillis()));
            }
            case CatalogEntry.Configured(String kind, String name, Map<String, String> config) ->
                    configured(kind, name, config);
            case CatalogEntry.ProducerIdsReserved(long below) ->
                    new CatalogState(version + 1, clusterId, byName, byId, settings, below, shards);
            case CatalogEntry.ShardsLaidOut(int count) ->
                    new CatalogState(
                            version + 1,
                            clusterId,
                            byName,
                            byId,
                            settings,
                            producerIdsBelow,
                            count);
        };
    }

    /// The same state under another version, for what was written whole in place of its history.
    CatalogState at(long itsVersion) {
        return new CatalogState(
                itsVersion, clusterId, byName, byId, settings, producerIdsBelow, shards);
    }

    public boolean founded() {
        return !clusterId.equals(NOBODY);
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public UUID clusterId() {
        return clusterId;
    }

    /// Producer ids from here on were never given.
    public long producerIdsBelow() {
        return producerIdsBelow;
    }

    /// For how many shards the state logs are laid out; 0 before there are any.
    public int shards() {
        return shards;
    }

    @Override
    public Optional<Topic> topic(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Optional<Topic> topic(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Collection<Topic> topics() {
        return byName.values();
    }

    @Override
    public Map<String, String> settings(String kind, String name) {
        var ofKind = settings.get(kind);
        var found = ofKind == null ? null : ofKind.get(name);
        return found == null ? Map.of() : found;
    }

    @Override
    public Collection<String> configured(String kind) {
        var ofKind = settings.get(kind);
        return ofKind == null ? List.of() : ofKind.keys();
    }

    /// The kinds of which something has settings, sorted.
    Collection<String> kinds() {
        return settings.keys();
    }

    private Topic existing(UUID id) {
        var topic = byId.get(id);
        assert topic != null : "only an existing topic can change: " + id;
        return topic;
    }

    private CatalogState with(Topic topic) {
        return topics(byName.with(topic.name(), topic), byId.with(topic.id(), topic));
    }

    private CatalogState topics(
            PersistentMap<String, Topic> names, PersistentMap<UUID, Topic> ids) {
        return new CatalogState(
                version + 1, clusterId, names, ids, settings, producerIdsBelow, shards);
    }

    private CatalogState configured(String kind, String name, Map<String, String> config) {
        var ofKind = settings.get(kind);
        if (ofKind == null) {
            ofKind = PersistentMap.empty();
        }
        ofKind = config.isEmpty() ? ofKind.without(name) : ofKind.with(name, config);
        var changed = ofKind.size() == 0 ? settings.without(kind) : settings.with(kind, ofKind);
        return new CatalogState(
                version + 1, clusterId, byName, byId, changed, producerIdsBelow, shards);
    }

    @Override
    public Optional<Queue> queue(String namespace, String name) {
        return Optional.ofNullable(queues.get(namespace + '\u0000' + name));
    }

    @Override
    public Optional<Queue> queue(UUID id) {
        return queues.values().stream().filter(queue -> queue.id().equals(id)).findFirst();
    }

    @Override
    public Collection<Queue> queues() {
        return queues.values();
    }

    @Override
    public Collection<Queue> queuesOf(UUID topic) {
        return queues.values().stream().filter(queue -> queue.topic().equals(topic)).toList();
    }

    @Override
    public QueueSettings settings(Queue queue) {
        return QueueSettings.of(queue.arguments(), Map.of());
    }

    @Override
    public Optional<Exchange> exchange(String namespace, String name) {
        return Optional.of(
                new Exchange(
                        namespace,
                        name,
                        io.sluice.broker.routing.ExchangeType.DIRECT,
                        true,
                        false,
                        false,
                        Map.of()));
    }

    @Override
    public Collection<Exchange> exchanges(String namespace) {
        return List.of();
    }

    @Override
    public Collection<Binding> bindings(String namespace) {
        return List.of();
    }

    @Override
    public Collection<String> namespaces() {
        return List.of(Queue.DEFAULT_NAMESPACE);
    }

    @Override
    public Optional<Policy> policy(String namespace, String kind, String name) {
        return Optional.empty();
    }
}
