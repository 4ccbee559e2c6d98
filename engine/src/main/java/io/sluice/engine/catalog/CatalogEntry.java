package io.sluice.engine.catalog;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import java.util.Map;
import java.util.UUID;

/// What the catalog's journal holds: each entry one change that happened.
public sealed interface CatalogEntry {
    /// The data directory came into being.
    record Founded(UUID clusterId) implements CatalogEntry {}

    record TopicCreated(
            UUID id, String name, int partitions, Map<String, String> config, long createdMillis)
            implements CatalogEntry {
        public TopicCreated {
            config = Map.copyOf(config);
        }
    }

    /// The queues on it are gone before it.
    record TopicDeleted(UUID id) implements CatalogEntry {}

    record TopicGrown(UUID id, int total) implements CatalogEntry {}

    record TopicConfigured(UUID id, Map<String, String> config) implements CatalogEntry {
        public TopicConfigured {
            config = Map.copyOf(config);
        }
    }

    /// An empty map forgets the settings.
    record Configured(String kind, String name, Map<String, String> config)
            implements CatalogEntry {
        public Configured {
            config = Map.copyOf(config);
        }
    }

    /// A queue, and its topic when there is none of its topic's id.
    record QueueDeclared(Queue queue) implements CatalogEntry {}

    /// The attributes of a queue from now on.
    record QueueConfigured(UUID id, Map<String, String> attributes) implements CatalogEntry {
        public QueueConfigured {
            attributes = Map.copyOf(attributes);
        }
    }

    /// The queue and its bindings go. A topic that goes with it has its own [TopicDeleted] behind it, an auto-delete exchange that has
    /// lost its last binding its own [ExchangeDeleted].
    record QueueDeleted(UUID id) implements CatalogEntry {}

    record ExchangeDeclared(Exchange exchange) implements CatalogEntry {}

    /// The exchange goes, and the bindings that it is an end of.
    record ExchangeDeleted(String namespace, String name) implements CatalogEntry {}

    record Bound(Binding binding) implements CatalogEntry {}

    record Unbound(Binding binding) implements CatalogEntry {}

    /// All producer ids below `below` may have been given.
    record ProducerIdsReserved(long below) implements CatalogEntry {}

    /// The state logs are laid out for this many shards.
    record ShardsLaidOut(int shards) implements CatalogEntry {}
}
