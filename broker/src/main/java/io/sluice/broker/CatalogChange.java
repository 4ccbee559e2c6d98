package io.sluice.broker;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A wish to change what exists. Names and settings were checked by the dialect that knows their rules; the engine checks
/// what only it knows (does it exist, is the count larger).
public sealed interface CatalogChange {
    /// A new topic.
    ///
    /// @param id chosen by the caller, random
    record CreateTopic(UUID id, String name, int partitions, Map<String, String> config)
            implements CatalogChange {
        public CreateTopic {
            config = Map.copyOf(config);
        }
    }

    /// The topic and all its records go.
    record DeleteTopic(UUID id) implements CatalogChange {}

    /// More partitions.
    ///
    /// @param total the new count, larger than the present one
    record GrowTopic(UUID id, int total) implements CatalogChange {}

    /// The topic's settings from now on, all of them.
    record ConfigureTopic(UUID id, Map<String, String> config) implements CatalogChange {
        public ConfigureTopic {
            config = Map.copyOf(config);
        }
    }

    /// The settings from now on, all of them, of something that is not a topic; an empty map forgets them.
    record Configure(String kind, String name, Map<String, String> config)
            implements CatalogChange {
        public Configure {
            config = Map.copyOf(config);
        }
    }

    /// A new queue, and its topic unless there is one.
    ///
    /// @param queue its `topic` is an existing topic's id, or, with `ownsTopic`, a new random one: a topic of one partition then comes with it, unless
    ///     one of the queue's topic name exists, which it then subscribes to instead
    record DeclareQueue(Queue queue) implements CatalogChange {}

    /// The queue's attributes from now on, all of them.
    record ConfigureQueue(UUID id, Map<String, String> attributes) implements CatalogChange {
        public ConfigureQueue {
            attributes = Map.copyOf(attributes);
        }
    }

    /// A new queue takes the place of another: its name and its bindings, and nothing of what had become of its messages.
    ///
    /// @param by of the same namespace and name, on the same topic, under another id
    record ReplaceQueue(UUID id, Queue by) implements CatalogChange {}

    /// Some of the queue's attributes; the others stay as they are at that moment, whoever has set them meanwhile.
    ///
    /// @param set values from now on
    /// @param removed names of those that go
    /// @param expected what must still hold, empty for an attribute that must not be there; if it does not, it is refused with
    ///     [BrokerError.InUse]
    record AdjustQueue(
            UUID id, Map<String, String> set, Set<String> removed, Map<String, String> expected)
            implements CatalogChange {
        public AdjustQueue {
            set = Map.copyOf(set);
            removed = Set.copyOf(removed);
            expected = Map.copyOf(expected);
        }

        /// What leads from one set of attributes to another.
        public static AdjustQueue between(
                UUID id, Map<String, String> before, Map<String, String> after) {
            var set = new HashMap<>(after);
            set.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
            var removed = new HashSet<>(before.keySet());
            removed.removeAll(after.keySet());
            return new AdjustQueue(id, set, removed, Map.of());
        }
    }

    /// The queue, its bindings and, if it owns it, its topic go. Dialects ask [io.sluice.broker.queue.Queues#delete] instead.
    record DeleteQueue(UUID id) implements CatalogChange {}

    /// A new exchange.
    record DeclareExchange(Exchange exchange) implements CatalogChange {}

    /// The exchange and its bindings go. Auto-delete exchanges that lose their last binding by this go too.
    ///
    /// @param ifUnused refused with [BrokerError.InUse] when it is the source of a binding
    record DeleteExchange(String namespace, String name, boolean ifUnused)
            implements CatalogChange {}

    /// A binding; nothing happens when it is there.
    record Bind(Binding binding) implements CatalogChange {}

    /// A binding goes; nothing happens when it is not there. An auto-delete exchange that loses its last one goes too.
    record Unbind(Binding binding) implements CatalogChange {}
}
