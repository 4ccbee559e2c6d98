package io.sluice.engine.catalog;

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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What exists, at one moment. Immutable: [#apply] gives the next one.
///
/// An entry changes what it names and what cannot be without that (a queue's bindings go with it). All further consequences
/// are entries of their own, decided beforehand: so a durable entry means the same whether the transient things beside it are there
/// or were forgotten by a restart.
public final class CatalogState implements Catalog {
    private final Contents contents;

    private CatalogState(Contents contents) {
        this.contents = contents;
    }

    /// Before anything was founded.
    public static CatalogState empty() {
        return new CatalogState(Contents.NONE);
    }

    /// The state after `entry`, live and on recovery alike.
    public CatalogState apply(CatalogEntry entry) {
        return new CatalogState(Application.of(entry, contents).at(contents.version() + 1));
    }

    /// The same state under another version, for what was written whole in place of its history.
    CatalogState at(long version) {
        return new CatalogState(contents.at(version));
    }

    /// True when all that `entry`, applied now, changes is what a restart forgets.
    public boolean isTransient(CatalogEntry entry) {
        return transience().of(entry);
    }

    /// What a restart forgets.
    Transience transience() {
        return new Transience(contents);
    }

    /// Topics that came with a queue and have none left, as the last one was forgotten by a restart.
    public Collection<Topic> abandoned() {
        return contents.topics().all().stream()
                .filter(
                        topic ->
                                OwnedTopic.isOwned(topic)
                                        && contents.queues().on(topic.id()).isEmpty())
                .toList();
    }

    public boolean founded() {
        return !contents.clusterId().equals(Contents.NOBODY);
    }

    @Override
    public long version() {
        return contents.version();
    }

    @Override
    public UUID clusterId() {
        return contents.clusterId();
    }

    /// Producer ids from here on were never given.
    public long producerIdsBelow() {
        return contents.producerIdsBelow();
    }

    /// For how many shards the state logs are laid out; 0 before there are any.
    public int shards() {
        return contents.shards();
    }

    @Override
    public Optional<Topic> topic(String name) {
        return Optional.ofNullable(contents.topics().named(name));
    }

    @Override
    public Optional<Topic> topic(UUID id) {
        return Optional.ofNullable(contents.topics().get(id));
    }

    @Override
    public Collection<Topic> topics() {
        return contents.topics().all();
    }

    @Override
    public Map<String, String> settings(String kind, String name) {
        return contents.settings().of(kind, name);
    }

    @Override
    public Collection<String> configured(String kind) {
        return contents.settings().names(kind);
    }

    /// The kinds of which something has settings, sorted.
    Collection<String> kinds() {
        return contents.settings().kinds();
    }

    @Override
    public Optional<Queue> queue(String namespace, String name) {
        return Optional.ofNullable(contents.queues().named(namespace, name));
    }

    @Override
    public Optional<Queue> queue(UUID id) {
        return Optional.ofNullable(contents.queues().get(id));
    }

    @Override
    public Collection<Queue> queues() {
        return contents.queues().all();
    }

    @Override
    public Collection<Queue> queues(String namespace) {
        return contents.queues().in(namespace);
    }

    @Override
    public Collection<Queue> queuesOf(UUID topic) {
        return contents.queues().on(topic);
    }

    @Override
    public QueueSettings settings(Queue queue) {
        return QueueSettings.of(
                queue.arguments(),
                queue.attributes(),
                contents.policies()
                        .ofQueue(queue.namespace(), queue.name(), QueueType.of(queue))
                        .map(Policy::definition)
                        .orElse(Map.of()),
                topic(queue.topic()).map(Topic::config).orElse(Map.of()),
                groupConfig(queue));
    }

    /// Of a queue that is a Kafka share group: what the group was told.
    private Map<String, String> groupConfig(Queue queue) {
        return queue.shareGroup().map(group -> settings(GROUP_KIND, group)).orElse(Map.of());
    }

    @Override
    public Routes routes() {
        return contents.routes();
    }

    @Override
    public Optional<Exchange> exchange(String namespace, String name) {
        return contents.routes().exchange(namespace, name);
    }

    @Override
    public Collection<Exchange> exchanges(String namespace) {
        return contents.routes().exchanges(namespace);
    }

    @Override
    public Collection<Binding> bindings(String namespace) {
        return contents.routes().bindings(namespace);
    }

    @Override
    public Collection<String> namespaces() {
        return contents.routes().namespaces();
    }

    @Override
    public Optional<Policy> policy(String namespace, String kind, String name) {
        return kind.equals("exchanges")
                ? contents.policies().ofExchange(namespace, name)
                : contents.policies()
                        .ofQueue(
                                namespace,
                                name,
                                queue(namespace, name)
                                        .map(QueueType::of)
                                        .orElse(QueueType.CLASSIC));
    }
}
