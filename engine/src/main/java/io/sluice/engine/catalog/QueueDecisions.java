package io.sluice.engine.catalog;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import io.sluice.engine.catalog.CatalogDecision.Accepted;
import io.sluice.engine.catalog.CatalogDecision.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// What becomes of wishes to declare and delete queues.
final class QueueDecisions {
    private QueueDecisions() {}

    static CatalogDecision declare(CatalogState state, Queue queue) {
        if (!state.namespaces().contains(queue.namespace())) {
            return missingNamespace(queue.namespace());
        }
        if (state.queue(queue.namespace(), queue.name()).isPresent()) {
            return new Refused(new BrokerError.QueueExists(queue.name()));
        }
        if (state.queue(queue.id()).isPresent()) {
            return new Refused(new BrokerError.Invalid("queue id " + queue.id() + " is taken"));
        }
        return queue.ownsTopic() ? declareOwning(state, queue) : declareOn(state, queue);
    }

    private static CatalogDecision declareOwning(CatalogState state, Queue queue) {
        var named = state.topic(Queue.topicName(queue.namespace(), queue.name()));
        if (named.isPresent()) {
            return declareOn(state, on(named.get(), queue));
        }
        return state.topic(queue.topic()).isPresent()
                ? new Refused(new BrokerError.Invalid("topic id " + queue.topic() + " is taken"))
                : Accepted.of(new CatalogEntry.QueueDeclared(queue));
    }

    private static CatalogDecision declareOn(CatalogState state, Queue queue) {
        if (state.topic(queue.topic()).isEmpty()) {
            return new Refused(new BrokerError.UnknownTopic(queue.topic().toString()));
        }
        if (!queue.isTransient() && state.transience().ofTopic(queue.topic())) {
            return new Refused(
                    new BrokerError.Invalid(
                            "queue '"
                                    + queue.name()
                                    + "' is durable, but the topic that it wants goes with a queue that is not"));
        }
        return Accepted.of(new CatalogEntry.QueueDeclared(queue));
    }

    private static Queue on(Topic topic, Queue queue) {
        return new Queue(
                queue.id(),
                queue.namespace(),
                queue.name(),
                topic.id(),
                false,
                queue.durable(),
                queue.autoDelete(),
                queue.exclusive(),
                queue.arguments(),
                queue.attributes(),
                queue.createdMillis());
    }

    /// Attributes may change but for those that say what the queue is made of.
    static CatalogDecision configure(CatalogState state, UUID id, Map<String, String> attributes) {
        var queue = state.queue(id);
        if (queue.isEmpty()) {
            return new Refused(new BrokerError.UnknownQueue(id.toString()));
        }
        for (var fixed : List.of("x-sluice-order", "x-max-priority", "x-queue-type")) {
            if (!Objects.equals(queue.get().attributes().get(fixed), attributes.get(fixed))) {
                return new Refused(
                        new BrokerError.Invalid(
                                fixed + " of queue '" + queue.get().name() + "' cannot change"));
            }
        }
        return queue.get().attributes().equals(attributes)
                ? new Accepted(List.of())
                : Accepted.of(new CatalogEntry.QueueConfigured(id, attributes));
    }

    static CatalogDecision replace(CatalogState state, UUID id, Queue by) {
        var queue = state.queue(id);
        if (queue.isEmpty()) {
            return new Refused(new BrokerError.UnknownQueue(id.toString()));
        }
        boolean fits =
                by.namespace().equals(queue.get().namespace())
                        && by.name().equals(queue.get().name())
                        && by.topic().equals(queue.get().topic())
                        && state.queue(by.id()).isEmpty();
        if (!fits) {
            return new Refused(
                    new BrokerError.Invalid(
                            "queue '" + by.name() + "' cannot take the place of '" + id + "'"));
        }
        var entries = new ArrayList<CatalogEntry>();
        entries.add(new CatalogEntry.QueueDeleted(id));
        entries.add(new CatalogEntry.QueueDeclared(by));
        state.routes()
                .bindingsTo(by.namespace(), by.name(), true)
                .forEach(binding -> entries.add(new CatalogEntry.Bound(binding)));
        return new Accepted(entries);
    }

    /// Decided on what the attributes are now, so that nobody's change is lost.
    static CatalogDecision adjust(CatalogState state, CatalogChange.AdjustQueue adjust) {
        var queue = state.queue(adjust.id());
        if (queue.isEmpty()) {
            return new Refused(new BrokerError.UnknownQueue(adjust.id().toString()));
        }
        var present = queue.get().attributes();
        for (var expected : adjust.expected().entrySet()) {
            if (!present.getOrDefault(expected.getKey(), "").equals(expected.getValue())) {
                return new Refused(
                        new BrokerError.InUse(
                                expected.getKey()
                                        + " of queue '"
                                        + queue.get().name()
                                        + "' was changed by somebody else"));
            }
        }
        var attributes = new HashMap<>(present);
        attributes.keySet().removeAll(adjust.removed());
        attributes.putAll(adjust.set());
        return configure(state, adjust.id(), attributes);
    }

    static CatalogDecision delete(CatalogState state, UUID id) {
        return state.queue(id).isEmpty()
                ? new Refused(new BrokerError.UnknownQueue(id.toString()))
                : new Accepted(new Consequences(state).queueDeleted(id).entries());
    }

    static Refused missingNamespace(String namespace) {
        return new Refused(new BrokerError.Invalid("namespace '" + namespace + "' does not exist"));
    }
}
