package io.sluice.engine.catalog;

import io.sluice.base.PersistentMap;
import io.sluice.broker.Catalog;
import io.sluice.broker.Policy;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.QueueType;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.Routes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What exists, at one moment. Immutable: [#apply] gives the next one.
///
/// An entry changes what it names and what cannot be without that (a queue's bindings go with it). All further consequences
/// are entries of their own, decided beforehand: so a durable entry means the same whether the transient things beside it are there
/// or were forgotten by a restart.
public final class CatalogState implements Catalog {
    private static final UUID NOBODY = new UUID(0, 0);

    private final long version;
    private final UUID clusterId;
    private final KnownTopics topics;
    private final KnownQueues queues;
    private final Routes routes;
    private final PersistentMap<String, PersistentMap<String, Map<String, String>>> settings;
    private final Policies policies;
    private final long producerIdsBelow;
    private final int shards;

    private CatalogState(
            long version,
            UUID clusterId,
            KnownTopics topics,
            KnownQueues queues,
            Routes routes,
            PersistentMap<String, PersistentMap<String, Map<String, String>>> settings,
            Policies policies,
            long producerIdsBelow,
            int shards) {
        this.version = version;
        this.clusterId = clusterId;
        this.topics = topics;
        this.queues = queues;
        this.routes = routes;
        this.settings = settings;
        this.policies = policies;
        this.producerIdsBelow = producerIdsBelow;
        this.shards = shards;
    }

    /// Before anything was founded.
    public static CatalogState empty() {
        return new CatalogState(
                0,
                NOBODY,
                KnownTopics.NONE,
                KnownQueues.NONE,
                Routes.INITIAL,
                PersistentMap.empty(),
                Policies.NONE,
                0,
                0);
    }

    /// The state after `entry`, live and on recovery alike.
    public CatalogState apply(CatalogEntry entry) {
        return switch (entry) {
            case CatalogEntry.Founded(UUID id) -> founded(id);
            case CatalogEntry.TopicCreated created ->
                    with(
                            topics.with(
                                    new Topic(
                                            created.id(),
                                            created.name(),
                                            created.partitions(),
                                            created.config(),
                                            created.createdMillis())));
            case CatalogEntry.TopicDeleted(UUID id) -> {
                assert queues.on(id).isEmpty() : "a topic goes after its queues: " + id;
                yield with(topics.without(id));
            }
            case CatalogEntry.TopicGrown(UUID id, int total) -> {
                var old = topics.existing(id);
                yield with(
                        topics.with(
                                new Topic(
                                        id, old.name(), total, old.config(), old.createdMillis())));
            }
            case CatalogEntry.TopicConfigured(UUID id, Map<String, String> config) -> {
                var old = topics.existing(id);
                yield with(
                        topics.with(
                                new Topic(
                                        id,
                                        old.name(),
                                        old.partitions(),
                                        config,
                                        old.createdMillis())));
            }
            case CatalogEntry.QueueDeclared(Queue queue) -> declared(queue);
            case CatalogEntry.QueueConfigured(UUID id, Map<String, String> attributes) -> {
                var old = queues.get(id);
                assert old != null : "only an existing queue can be configured: " + id;
                yield with(topics, queues.with(old.with(attributes)), routes);
            }
            case CatalogEntry.QueueDeleted(UUID id) -> {
                var gone = queues.get(id);
                assert gone != null : "only an existing queue can be deleted: " + id;
                yield with(
                        topics,
                        queues.without(gone),
                        routes.queueDeleted(gone.namespace(), gone.name()));
            }
            case CatalogEntry.ExchangeDeclared(Exchange exchange) ->
                    with(routes.declared(exchange));
            case CatalogEntry.ExchangeDeleted(String namespace, String name) ->
                    with(routes.deleted(namespace, name));
            case CatalogEntry.Bound(Binding binding) ->
                    with(
                            routes.bound(
                                    binding,
                                    binding.destinationIsQueue()
                                            ? queues.named(
                                                    binding.namespace(), binding.destination())
                                            : null));
            case CatalogEntry.Unbound(Binding binding) -> with(routes.unbound(binding));
            case CatalogEntry.Configured(String kind, String name, Map<String, String> config) ->
                    configured(kind, name, config);
            case CatalogEntry.ProducerIdsReserved(long below) -> with(below, shards);
            case CatalogEntry.ShardsLaidOut(int count) -> with(producerIdsBelow, count);
        };
    }

    /// True when all that `entry`, applied now, changes is what a restart forgets.
    public boolean isTransient(CatalogEntry entry) {
        return switch (entry) {
            case CatalogEntry.TopicDeleted(UUID id) -> topics.isTransient(id);
            case CatalogEntry.TopicGrown(UUID id, int _) -> topics.isTransient(id);
            case CatalogEntry.TopicConfigured(UUID id, var _) -> topics.isTransient(id);
            case CatalogEntry.QueueDeclared(Queue queue) -> queue.isTransient();
            case CatalogEntry.QueueConfigured(UUID id, var _) ->
                    queue(id).filter(Queue::isTransient).isPresent();
            case CatalogEntry.QueueDeleted(UUID id) ->
                    queue(id).filter(Queue::isTransient).isPresent();
            case CatalogEntry.ExchangeDeclared(Exchange exchange) -> !exchange.durable();
            case CatalogEntry.ExchangeDeleted(String namespace, String name) ->
                    isTransientExchange(namespace, name);
            case CatalogEntry.Bound(Binding binding) -> isTransient(binding);
            case CatalogEntry.Unbound(Binding binding) -> isTransient(binding);
            case CatalogEntry.TopicCreated _,
                    CatalogEntry.Configured _,
                    CatalogEntry.Founded _,
                    CatalogEntry.ProducerIdsReserved _,
                    CatalogEntry.ShardsLaidOut _ ->
                    false;
        };
    }

    /// True when an end of it is forgotten by a restart.
    boolean isTransient(Binding binding) {
        return isTransientExchange(binding.namespace(), binding.source())
                || (binding.destinationIsQueue()
                        ? queue(binding.namespace(), binding.destination())
                                .filter(Queue::isTransient)
                                .isPresent()
                        : isTransientExchange(binding.namespace(), binding.destination()));
    }

    /// True for the topic of a queue that a restart forgets.
    boolean isTransientTopic(UUID id) {
        return topics.isTransient(id);
    }

    private boolean isTransientExchange(String namespace, String name) {
        return exchange(namespace, name).filter(exchange -> !exchange.durable()).isPresent();
    }

    /// Topics that came with a queue and have none left, as the last one was forgotten by a restart.
    public Collection<Topic> abandoned() {
        return topics.all().stream()
                .filter(topic -> OwnedTopic.isOwned(topic) && queues.on(topic.id()).isEmpty())
                .toList();
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
        return Optional.ofNullable(topics.named(name));
    }

    @Override
    public Optional<Topic> topic(UUID id) {
        return Optional.ofNullable(topics.get(id));
    }

    @Override
    public Collection<Topic> topics() {
        return topics.all();
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

    @Override
    public Optional<Queue> queue(String namespace, String name) {
        return Optional.ofNullable(queues.named(namespace, name));
    }

    @Override
    public Optional<Queue> queue(UUID id) {
        return Optional.ofNullable(queues.get(id));
    }

    @Override
    public Collection<Queue> queues() {
        return queues.all();
    }

    /// Those of a namespace, ordered by name.
    Collection<Queue> queues(String namespace) {
        return queues.in(namespace);
    }

    @Override
    public Collection<Queue> queuesOf(UUID topic) {
        return queues.on(topic);
    }

    @Override
    public QueueSettings settings(Queue queue) {
        return QueueSettings.of(
                queue.arguments(),
                queue.attributes(),
                policies.ofQueue(queue.namespace(), queue.name(), QueueType.of(queue))
                        .map(Policy::definition)
                        .orElse(Map.of()));
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Optional<Exchange> exchange(String namespace, String name) {
        return routes.exchange(namespace, name);
    }

    @Override
    public Collection<Exchange> exchanges(String namespace) {
        return routes.exchanges(namespace);
    }

    @Override
    public Collection<Binding> bindings(String namespace) {
        return routes.bindings(namespace);
    }

    @Override
    public Collection<String> namespaces() {
        return routes.namespaces();
    }

    @Override
    public Optional<Policy> policy(String namespace, String kind, String name) {
        return kind.equals("exchanges")
                ? policies.ofExchange(namespace, name)
                : policies.ofQueue(
                        namespace,
                        name,
                        queue(namespace, name).map(QueueType::of).orElse(QueueType.CLASSIC));
    }

    private CatalogState declared(Queue queue) {
        var withTopic = topics;
        if (topics.get(queue.topic()) == null) {
            withTopic =
                    queue.isTransient()
                            ? topics.withTransient(OwnedTopic.of(queue))
                            : topics.with(OwnedTopic.of(queue));
        }
        return with(withTopic, queues.with(queue), routes);
    }

    private CatalogState configured(String kind, String name, Map<String, String> config) {
        var ofKind = settings.get(kind);
        if (ofKind == null) {
            ofKind = PersistentMap.empty();
        }
        ofKind = config.isEmpty() ? ofKind.without(name) : ofKind.with(name, config);
        var changed = ofKind.isEmpty() ? settings.without(kind) : settings.with(kind, ofKind);
        return new CatalogState(
                version + 1,
                clusterId,
                topics,
                queues,
                kind.equals(NAMESPACE_KIND) ? namespace(name, !config.isEmpty()) : routes,
                changed,
                kind.equals(Policy.KIND) ? policies.with(name, config) : policies,
                producerIdsBelow,
                shards);
    }

    private Routes namespace(String name, boolean exists) {
        return exists || name.equals(Queue.DEFAULT_NAMESPACE)
                ? routes.withNamespace(name)
                : routes.withoutNamespace(name);
    }

    private CatalogState founded(UUID id) {
        assert !founded() : "a catalog is founded once";
        return new CatalogState(
                version + 1,
                id,
                topics,
                queues,
                routes,
                settings,
                policies,
                producerIdsBelow,
                shards);
    }

    private CatalogState with(KnownTopics nextTopics) {
        return with(nextTopics, queues, routes);
    }

    private CatalogState with(Routes nextRoutes) {
        return with(topics, queues, nextRoutes);
    }

    private CatalogState with(KnownTopics nextTopics, KnownQueues nextQueues, Routes nextRoutes) {
        return new CatalogState(
                version + 1,
                clusterId,
                nextTopics,
                nextQueues,
                nextRoutes,
                settings,
                policies,
                producerIdsBelow,
                shards);
    }

    private CatalogState with(long nextProducerIdsBelow, int nextShards) {
        return new CatalogState(
                version + 1,
                clusterId,
                topics,
                queues,
                routes,
                settings,
                policies,
                nextProducerIdsBelow,
                nextShards);
    }

    /// The same state under another version, for what was written whole in place of its history.
    CatalogState at(long itsVersion) {
        return new CatalogState(
                itsVersion,
                clusterId,
                topics,
                queues,
                routes,
                settings,
                policies,
                producerIdsBelow,
                shards);
    }
}
