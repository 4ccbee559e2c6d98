package io.sluice.engine.catalog;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Policy;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What becomes of a wish to change the catalog.
public sealed interface CatalogDecision {
    /// More partitions than one topic may have: each costs memory whether it is used or not.
    int PARTITIONS_MAX = 10_000;

    /// @param entries what happens, in this order and together; nothing when all is as it was wished already
    record Accepted(List<CatalogEntry> entries) implements CatalogDecision {
        public Accepted {
            entries = List.copyOf(entries);
        }

        static Accepted of(CatalogEntry entry) {
            return new Accepted(List.of(entry));
        }
    }

    record Refused(BrokerError error) implements CatalogDecision {}

    /// Decides on `change` in the face of `state`; changes nothing.
    ///
    /// @param nowMillis wall clock
    static CatalogDecision decide(CatalogState state, CatalogChange change, long nowMillis) {
        return switch (change) {
            case CatalogChange.CreateTopic create -> create(state, create, nowMillis);
            case CatalogChange.DeleteTopic(UUID id) ->
                    state.topic(id).isPresent()
                            ? new Accepted(new Consequences(state).topicDeleted(id).entries())
                            : new Refused(new BrokerError.UnknownPartition(id, 0));
            case CatalogChange.GrowTopic grow -> grow(state, grow);
            case CatalogChange.ConfigureTopic(UUID id, var config) ->
                    configureTopic(state, id, config);
            case CatalogChange.Configure(String kind, String name, var config) ->
                    configure(state, kind, name, config);
            case CatalogChange.DeclareQueue(Queue queue) -> QueueDecisions.declare(state, queue);
            case CatalogChange.ConfigureQueue(UUID id, var attributes) ->
                    QueueDecisions.configure(state, id, attributes);
            case CatalogChange.ReplaceQueue(UUID id, Queue by) ->
                    QueueDecisions.replace(state, id, by);
            case CatalogChange.AdjustQueue adjust -> QueueDecisions.adjust(state, adjust);
            case CatalogChange.DeleteQueue(UUID id) -> QueueDecisions.delete(state, id);
            case CatalogChange.DeclareExchange(Exchange exchange) ->
                    RoutingDecisions.declare(state, exchange);
            case CatalogChange.DeleteExchange(String namespace, String name, boolean ifUnused) ->
                    RoutingDecisions.delete(state, namespace, name, ifUnused);
            case CatalogChange.Bind(Binding binding) -> RoutingDecisions.bind(state, binding);
            case CatalogChange.Unbind(Binding binding) -> RoutingDecisions.unbind(state, binding);
        };
    }

    private static CatalogDecision configure(
            CatalogState state, String kind, String name, Map<String, String> config) {
        var fault = kind.equals(Policy.KIND) ? Policies.fault(config) : Optional.<String>empty();
        if (fault.isPresent()) {
            return new Refused(new BrokerError.Invalid(fault.get()));
        }
        boolean leavesNamespace =
                kind.equals(Catalog.NAMESPACE_KIND)
                        && config.isEmpty()
                        && !name.equals(Queue.DEFAULT_NAMESPACE);
        if (leavesNamespace
                && !(state.queues(name).isEmpty()
                        && state.exchanges(name).stream().allMatch(Exchange::isPredeclared))) {
            return new Refused(
                    new BrokerError.InUse(
                            "namespace '" + name + "' still has queues or exchanges"));
        }
        return Accepted.of(new CatalogEntry.Configured(kind, name, config));
    }

    private static CatalogDecision configureTopic(
            CatalogState state, UUID id, Map<String, String> config) {
        var topic = state.topic(id);
        return topic.isEmpty()
                ? new Refused(new BrokerError.UnknownPartition(id, 0))
                : Accepted.of(
                        new CatalogEntry.TopicConfigured(
                                id, OwnedTopic.marked(config, topic.get().config())));
    }

    private static CatalogDecision create(
            CatalogState state, CatalogChange.CreateTopic create, long nowMillis) {
        if (state.topic(create.name()).isPresent()) {
            return new Refused(new BrokerError.TopicExists(create.name()));
        }
        if (state.topic(create.id()).isPresent()) {
            return new Refused(new BrokerError.Invalid("topic id " + create.id() + " is taken"));
        }
        if (create.partitions() < 1 || create.partitions() > PARTITIONS_MAX) {
            return new Refused(
                    new BrokerError.InvalidPartitionCount(
                            "a topic has 1 to "
                                    + PARTITIONS_MAX
                                    + " partitions, not "
                                    + create.partitions()));
        }
        return Accepted.of(
                new CatalogEntry.TopicCreated(
                        create.id(),
                        create.name(),
                        create.partitions(),
                        OwnedTopic.marked(create.config(), Map.of()),
                        nowMillis));
    }

    private static CatalogDecision grow(CatalogState state, CatalogChange.GrowTopic grow) {
        var topic = state.topic(grow.id());
        if (topic.isEmpty()) {
            return new Refused(new BrokerError.UnknownPartition(grow.id(), 0));
        }
        int present = topic.get().partitions();
        if (grow.total() <= present || grow.total() > PARTITIONS_MAX) {
            return new Refused(
                    new BrokerError.InvalidPartitionCount(
                            "the topic has "
                                    + present
                                    + " partitions, which can grow up to "
                                    + PARTITIONS_MAX
                                    + ", not to "
                                    + grow.total()));
        }
        return Accepted.of(new CatalogEntry.TopicGrown(grow.id(), grow.total()));
    }
}
