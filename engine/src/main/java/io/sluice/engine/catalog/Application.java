package io.sluice.engine.catalog;

import io.sluice.broker.Catalog;
import io.sluice.broker.Policy;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.Routes;
import java.util.Map;
import java.util.UUID;

/// What each entry makes of a catalog's contents, live and on recovery alike.
final class Application {
    private Application() {}

    /// The contents after `entry`, in the same version.
    static Contents of(CatalogEntry entry, Contents to) {
        return switch (entry) {
            case CatalogEntry.Founded(UUID id) -> {
                assert to.clusterId().equals(Contents.NOBODY) : "a catalog is founded once";
                yield to.foundedAs(id);
            }
            case CatalogEntry.TopicCreated created -> to.with(to.topics().with(topic(created)));
            case CatalogEntry.TopicDeleted(UUID id) -> {
                assert to.queues().on(id).isEmpty() : "a topic goes after its queues: " + id;
                yield to.with(to.topics().without(id));
            }
            case CatalogEntry.TopicGrown(UUID id, int total) ->
                    to.with(to.topics().grown(id, total));
            case CatalogEntry.TopicConfigured(UUID id, Map<String, String> config) ->
                    to.with(to.topics().configured(id, config));
            case CatalogEntry.QueueDeclared(Queue queue) -> declared(queue, to);
            case CatalogEntry.QueueConfigured(UUID id, Map<String, String> attributes) ->
                    to.with(
                            to.topics(),
                            to.queues().with(to.queues().existing(id).with(attributes)),
                            to.routes());
            case CatalogEntry.QueueDeleted(UUID id) -> deleted(to.queues().existing(id), to);
            case CatalogEntry.ExchangeDeclared(Exchange exchange) ->
                    to.with(to.routes().declared(exchange));
            case CatalogEntry.ExchangeDeleted(String namespace, String name) ->
                    to.with(to.routes().deleted(namespace, name));
            case CatalogEntry.Bound(Binding binding) -> bound(binding, to);
            case CatalogEntry.Unbound(Binding binding) -> to.with(to.routes().unbound(binding));
            case CatalogEntry.Configured(String kind, String name, Map<String, String> config) ->
                    configured(kind, name, config, to);
            case CatalogEntry.ProducerIdsReserved(long below) -> to.with(below, to.shards());
            case CatalogEntry.ShardsLaidOut(int count) -> to.with(to.producerIdsBelow(), count);
        };
    }

    private static Topic topic(CatalogEntry.TopicCreated created) {
        return new Topic(
                created.id(),
                created.name(),
                created.partitions(),
                created.config(),
                created.createdMillis());
    }

    /// With a topic of its own where it subscribes to none that is there.
    private static Contents declared(Queue queue, Contents to) {
        var topics = to.topics();
        if (topics.get(queue.topic()) == null) {
            topics =
                    queue.isTransient()
                            ? topics.withTransient(OwnedTopic.of(queue))
                            : topics.with(OwnedTopic.of(queue));
        }
        return to.with(topics, to.queues().with(queue), to.routes());
    }

    private static Contents deleted(Queue gone, Contents to) {
        return to.with(
                to.topics(),
                to.queues().without(gone),
                to.routes().queueDeleted(gone.namespace(), gone.name()));
    }

    private static Contents bound(Binding binding, Contents to) {
        var queue =
                binding.destinationIsQueue()
                        ? to.queues().named(binding.namespace(), binding.destination())
                        : null;
        return to.with(to.routes().bound(binding, queue));
    }

    private static Contents configured(
            String kind, String name, Map<String, String> config, Contents to) {
        return to.with(
                to.settings().with(kind, name, config),
                kind.equals(Policy.KIND) ? to.policies().with(name, config) : to.policies(),
                kind.equals(Catalog.NAMESPACE_KIND)
                        ? namespace(name, !config.isEmpty(), to.routes())
                        : to.routes());
    }

    private static Routes namespace(String name, boolean exists, Routes routes) {
        return exists || name.equals(Queue.DEFAULT_NAMESPACE)
                ? routes.withNamespace(name)
                : routes.withoutNamespace(name);
    }
}
