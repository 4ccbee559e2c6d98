package io.sluice.engine.catalog;

import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// The entries that a decision leads to, one on top of the other: what is deleted takes along what came with it.
final class Consequences {
    private final List<CatalogEntry> entries = new ArrayList<>();
    private CatalogState state;

    Consequences(CatalogState state) {
        this.state = state;
    }

    List<CatalogEntry> entries() {
        return entries;
    }

    Consequences and(CatalogEntry entry) {
        state = state.apply(entry);
        entries.add(entry);
        return this;
    }

    /// A topic goes, and before it the queues on it.
    Consequences topicDeleted(UUID id) {
        for (var queue : List.copyOf(state.queuesOf(id))) {
            queueGone(queue.id());
        }
        return and(new CatalogEntry.TopicDeleted(id));
    }

    /// A queue goes, and behind it a topic that came with a queue and has none left.
    Consequences queueDeleted(UUID id) {
        var topicId = state.queue(id).orElseThrow().topic();
        queueGone(id);
        var topic = state.topic(topicId).orElseThrow();
        if (OwnedTopic.isOwned(topic) && state.queuesOf(topicId).isEmpty()) {
            and(new CatalogEntry.TopicDeleted(topicId));
        }
        return this;
    }

    Consequences exchangeDeleted(String namespace, String name) {
        var leadingHere = List.copyOf(state.routes().bindingsTo(namespace, name, false));
        and(new CatalogEntry.ExchangeDeleted(namespace, name));
        unbound(leadingHere);
        return this;
    }

    Consequences unbound(Binding binding) {
        and(new CatalogEntry.Unbound(binding));
        unbound(List.of(binding));
        return this;
    }

    private void queueGone(UUID id) {
        var queue = state.queue(id).orElseThrow();
        var leadingHere =
                List.copyOf(state.routes().bindingsTo(queue.namespace(), queue.name(), true));
        and(new CatalogEntry.QueueDeleted(id));
        unbound(leadingHere);
    }

    /// Auto-delete exchanges that have lost their last binding go, and those whose last binding led to one of these.
    private void unbound(Collection<Binding> gone) {
        var bindings = new ArrayDeque<>(gone);
        for (var binding = bindings.poll(); binding != null; binding = bindings.poll()) {
            var namespace = binding.namespace();
            var source = binding.source();
            if (state.exchange(namespace, source).filter(Exchange::autoDelete).isPresent()
                    && state.routes().bindingsFrom(namespace, source).isEmpty()) {
                bindings.addAll(state.routes().bindingsTo(namespace, source, false));
                and(new CatalogEntry.ExchangeDeleted(namespace, source));
            }
        }
    }
}
