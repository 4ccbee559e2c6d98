package io.sluice.engine.catalog;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A catalog that takes changes one after the other, and the entries that its journal would hold.
final class LiveCatalog {
    final List<CatalogEntry> journal = new ArrayList<>();
    CatalogState state = CatalogState.empty();
    private long ids;

    LiveCatalog() {
        journal(List.of(new CatalogEntry.Founded(new UUID(9, 9))));
    }

    CatalogDecision decide(CatalogChange change) {
        return CatalogDecision.decide(state, change, 1_000);
    }

    /// Decides and applies.
    ///
    /// @return all entries, durable or not
    List<CatalogEntry> change(CatalogChange change) {
        return switch (decide(change)) {
            case CatalogDecision.Accepted(var entries) -> journal(entries);
            case CatalogDecision.Refused(BrokerError error) ->
                    throw new AssertionError(change + " was refused: " + error);
        };
    }

    BrokerError refusal(CatalogChange change) {
        return switch (decide(change)) {
            case CatalogDecision.Accepted(var entries) ->
                    throw new AssertionError(change + " was accepted: " + entries);
            case CatalogDecision.Refused(BrokerError error) -> error;
        };
    }

    private List<CatalogEntry> journal(List<CatalogEntry> entries) {
        for (var entry : entries) {
            if (!state.isTransient(entry)) {
                journal.add(entry);
            }
            state = state.apply(entry);
        }
        return entries;
    }

    UUID topic(String name) {
        var id = new UUID(3, ++ids);
        change(new CatalogChange.CreateTopic(id, name, 1, Map.of()));
        return id;
    }

    Queue queue(String name) {
        return declare(durable(name));
    }

    Queue transientQueue(String name) {
        return declare(notDurable(name));
    }

    Queue declare(Queue queue) {
        change(new CatalogChange.DeclareQueue(queue));
        return state.queue(queue.namespace(), queue.name()).orElseThrow();
    }

    Queue durable(String name) {
        return queue("/", name, new UUID(2, ++ids), true, true);
    }

    Queue notDurable(String name) {
        return queue("/", name, new UUID(2, ++ids), true, false);
    }

    Queue on(UUID topic, String name, boolean durable) {
        return queue("/", name, topic, false, durable);
    }

    Queue queue(String namespace, String name, UUID topic, boolean owns, boolean durable) {
        return new Queue(
                new UUID(1, ++ids),
                namespace,
                name,
                topic,
                owns,
                durable,
                false,
                false,
                Map.of(),
                1_000);
    }

    void exchange(String name, boolean durable, boolean autoDelete) {
        change(new CatalogChange.DeclareExchange(fanout(name, durable, autoDelete)));
    }

    static Exchange fanout(String name, boolean durable, boolean autoDelete) {
        return new Exchange("/", name, ExchangeType.FANOUT, durable, autoDelete, false, Map.of());
    }

    void bind(String exchange, String queue) {
        change(new CatalogChange.Bind(toQueue(exchange, queue)));
    }

    void bindExchange(String exchange, String destination) {
        change(
                new CatalogChange.Bind(
                        new Binding("/", exchange, destination, false, "", Map.of())));
    }

    static Binding toQueue(String exchange, String queue) {
        return new Binding("/", exchange, queue, true, "", Map.of());
    }
}
