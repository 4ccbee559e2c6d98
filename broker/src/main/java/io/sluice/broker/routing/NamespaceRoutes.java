package io.sluice.broker.routing;

import io.sluice.base.PersistentMap;
import io.sluice.broker.queue.Queue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The exchanges and bindings of one namespace; the bindings are found from both of their ends. Immutable.
///
/// @param sources exchanges by name, each with what is bound to it
/// @param toQueues bindings by the queue they lead to, and `toExchanges` by the exchange
record NamespaceRoutes(
        PersistentMap<String, Source> sources,
        PersistentMap<String, PersistentMap<Binding, Binding>> toQueues,
        PersistentMap<String, PersistentMap<Binding, Binding>> toExchanges) {

    static NamespaceRoutes predeclared(String namespace) {
        var sources = PersistentMap.<String, Source>empty();
        for (var exchange : Predeclared.in(namespace)) {
            sources = sources.with(exchange.name(), Source.of(exchange));
        }
        return new NamespaceRoutes(sources, PersistentMap.empty(), PersistentMap.empty());
    }

    @Nullable Source source(String exchange) {
        return sources.get(exchange);
    }

    Collection<Exchange> exchanges() {
        return sources.values().stream().map(Source::exchange).toList();
    }

    Collection<Binding> bindings() {
        var all = new ArrayList<Binding>();
        sources.values().forEach(source -> all.addAll(source.bindings().keys()));
        return all;
    }

    Collection<Binding> bindingsTo(String name, boolean isQueue) {
        var found = (isQueue ? toQueues : toExchanges).get(name);
        return found == null ? List.of() : found.keys();
    }

    NamespaceRoutes with(Source source) {
        return new NamespaceRoutes(
                sources.with(source.exchange().name(), source), toQueues, toExchanges);
    }

    NamespaceRoutes without(String exchange) {
        var next = unboundTo(exchange, false);
        var source = next.sources.get(exchange);
        if (source == null) {
            return next;
        }
        for (var binding : source.bindings().keys()) {
            next = next.forgetting(binding);
        }
        return new NamespaceRoutes(next.sources.without(exchange), next.toQueues, next.toExchanges);
    }

    NamespaceRoutes bound(Binding binding, @Nullable Queue queue) {
        var source = sources.get(binding.source());
        assert source != null : "only what exists can be bound: " + binding;
        var next = with(source.bound(binding, queue));
        var to = binding.destinationIsQueue() ? toQueues : toExchanges;
        var known = to.get(binding.destination());
        var bindings = known == null ? PersistentMap.<Binding, Binding>empty() : known;
        return next.leading(
                binding.destinationIsQueue(),
                to.with(binding.destination(), bindings.with(binding, binding)));
    }

    NamespaceRoutes unbound(Binding binding) {
        var source = sources.get(binding.source());
        return source == null || source.bindings().get(binding) == null
                ? this
                : with(source.unbound(binding)).forgetting(binding);
    }

    /// Without all that leads to a queue or an exchange.
    NamespaceRoutes unboundTo(String name, boolean isQueue) {
        var next = this;
        for (var binding : bindingsTo(name, isQueue)) {
            next = next.unbound(binding);
        }
        return next;
    }

    /// Without the binding where it is known by its destination.
    private NamespaceRoutes forgetting(Binding binding) {
        var to = binding.destinationIsQueue() ? toQueues : toExchanges;
        var known = to.get(binding.destination());
        if (known == null) {
            return this;
        }
        var left = known.without(binding);
        return leading(
                binding.destinationIsQueue(),
                left.isEmpty()
                        ? to.without(binding.destination())
                        : to.with(binding.destination(), left));
    }

    private NamespaceRoutes leading(
            boolean toQueue, PersistentMap<String, PersistentMap<Binding, Binding>> to) {
        return toQueue
                ? new NamespaceRoutes(sources, to, toExchanges)
                : new NamespaceRoutes(sources, toQueues, to);
    }
}
