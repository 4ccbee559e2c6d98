package io.sluice.engine.catalog;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Queue;
import java.util.UUID;

/// What becomes of a wish to change the catalog.
public sealed interface CatalogDecision {
    /// More partitions than one topic may have: each costs memory whether it is used or not.
    int PARTITIONS_MAX = 10_000;

    record Accepted(CatalogEntry entry) implements CatalogDecision {}

    record Refused(BrokerError error) implements CatalogDecision {}

    /// Decides on `change` in the face of `state`; changes nothing.
    ///
    /// @param nowMillis wall clock
    static CatalogDecision decide(CatalogState state, CatalogChange change, long nowMillis) {
        return switch (change) {
            case CatalogChange.CreateTopic create -> create(state, create, nowMillis);
            case CatalogChange.DeleteTopic(UUID id) ->
                    state.topic(id).isPresent()
                            ? new Accepted(new CatalogEntry.TopicDeleted(id))
                            : new Refused(new BrokerError.UnknownPartition(id, 0));
            case CatalogChange.GrowTopic grow -> grow(state, grow);
            case CatalogChange.ConfigureTopic(UUID id, var config) ->
                    state.topic(id).isPresent()
                            ? new Accepted(new CatalogEntry.TopicConfigured(id, config))
                            : new Refused(new BrokerError.UnknownPartition(id, 0));
            case CatalogChange.Configure(String kind, String name, var config) ->
                    new Accepted(new CatalogEntry.Configured(kind, name, config));
            case CatalogChange.DeclareQueue(var queue) -> declare(state, queue);
            case CatalogChange.DeleteQueue(UUID id) ->
                    state.queue(id).isPresent()
                            ? new Accepted(new CatalogEntry.QueueDeleted(id))
                            : new Refused(new BrokerError.UnknownQueue(id.toString()));
            case CatalogChange.DeclareExchange _,
                    CatalogChange.DeleteExchange _,
                    CatalogChange.Bind _,
                    CatalogChange.Unbind _ ->
                    new Refused(new BrokerError.Invalid("being written"));
        };
    }

    private static CatalogDecision declare(CatalogState state, Queue queue) {
        if (state.queue(queue.namespace(), queue.name()).isPresent()) {
            return new Refused(new BrokerError.QueueExists(queue.name()));
        }
        var named = state.topic(Queue.topicName(queue.namespace(), queue.name()));
        if (queue.ownsTopic() && named.isPresent()) {
            return new Accepted(
                    new CatalogEntry.QueueDeclared(
                            new Queue(
                                    queue.id(),
                                    queue.namespace(),
                                    queue.name(),
                                    named.get().id(),
                                    false,
                                    queue.durable(),
                                    queue.autoDelete(),
                                    queue.exclusive(),
                                    queue.arguments(),
                                    queue.createdMillis())));
        }
        if (!queue.ownsTopic() && state.topic(queue.topic()).isEmpty()) {
            return new Refused(new BrokerError.UnknownTopic(queue.topic().toString()));
        }
        return new Accepted(new CatalogEntry.QueueDeclared(queue));
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
        return new Accepted(
                new CatalogEntry.TopicCreated(
                        create.id(),
                        create.name(),
                        create.partitions(),
                        create.config(),
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
        return new Accepted(new CatalogEntry.TopicGrown(grow.id(), grow.total()));
    }
}
