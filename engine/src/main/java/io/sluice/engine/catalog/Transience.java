package io.sluice.engine.catalog;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import java.util.UUID;

/// What of a catalog's contents a restart forgets.
record Transience(Contents contents) {
    /// True when all that `entry`, applied now, changes is forgotten.
    boolean of(CatalogEntry entry) {
        return switch (entry) {
            case CatalogEntry.TopicDeleted(UUID id) -> ofTopic(id);
            case CatalogEntry.TopicGrown(UUID id, int _) -> ofTopic(id);
            case CatalogEntry.TopicConfigured(UUID id, var _) -> ofTopic(id);
            case CatalogEntry.QueueDeclared(Queue queue) -> queue.isTransient();
            case CatalogEntry.QueueConfigured(UUID id, var _) -> ofQueue(id);
            case CatalogEntry.QueueDeleted(UUID id) -> ofQueue(id);
            case CatalogEntry.ExchangeDeclared(Exchange exchange) -> !exchange.durable();
            case CatalogEntry.ExchangeDeleted(String namespace, String name) ->
                    ofExchange(namespace, name);
            case CatalogEntry.Bound(Binding binding) -> of(binding);
            case CatalogEntry.Unbound(Binding binding) -> of(binding);
            case CatalogEntry.TopicCreated _,
                    CatalogEntry.Configured _,
                    CatalogEntry.Founded _,
                    CatalogEntry.ProducerIdsReserved _,
                    CatalogEntry.ShardsLaidOut _ ->
                    false;
        };
    }

    /// True when an end of it is forgotten.
    boolean of(Binding binding) {
        return ofExchange(binding.namespace(), binding.source())
                || (binding.destinationIsQueue()
                        ? ofQueue(binding.namespace(), binding.destination())
                        : ofExchange(binding.namespace(), binding.destination()));
    }

    /// True for the topic of a queue that is forgotten.
    boolean ofTopic(UUID id) {
        return contents.topics().isTransient(id);
    }

    private boolean ofQueue(UUID id) {
        var queue = contents.queues().get(id);
        return queue != null && queue.isTransient();
    }

    private boolean ofQueue(String namespace, String name) {
        var queue = contents.queues().named(namespace, name);
        return queue != null && queue.isTransient();
    }

    private boolean ofExchange(String namespace, String name) {
        return contents.routes()
                .exchange(namespace, name)
                .filter(exchange -> !exchange.durable())
                .isPresent();
    }
}
