package io.sluice.broker.routing;

import io.sluice.base.PersistentMap;
import io.sluice.broker.queue.Queue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The exchanges and bindings of all namespaces. Immutable: every change gives new ones that share all but a path with the old, so
/// that routing takes no lock and a change costs O(log n).
///
/// Whoever changes them has checked that what a binding ties together is there.
public final class Routes {
    /// The default namespace with its predeclared exchanges.
    public static final Routes INITIAL =
            new Routes(PersistentMap.empty()).withNamespace(Queue.DEFAULT_NAMESPACE);

    private final PersistentMap<String, NamespaceRoutes> namespaces;

    private Routes(PersistentMap<String, NamespaceRoutes> namespaces) {
        this.namespaces = namespaces;
    }

    /// With the predeclared exchanges of a namespace; the same when it is there.
    public Routes withNamespace(String namespace) {
        return namespaces.get(namespace) != null
                ? this
                : new Routes(namespaces.with(namespace, NamespaceRoutes.predeclared(namespace)));
    }

    public Routes withoutNamespace(String namespace) {
        return new Routes(namespaces.without(namespace));
    }

    /// Sorted.
    public Collection<String> namespaces() {
        return namespaces.keys();
    }

    public Optional<Exchange> exchange(String namespace, String name) {
        var source = source(namespace, name);
        return source == null ? Optional.empty() : Optional.of(source.exchange());
    }

    /// Those of a namespace, ordered by name.
    public Collection<Exchange> exchanges(String namespace) {
        var routes = namespaces.get(namespace);
        return routes == null ? List.of() : routes.exchanges();
    }

    /// Those of a namespace, in their order.
    public Collection<Binding> bindings(String namespace) {
        var routes = namespaces.get(namespace);
        return routes == null ? List.of() : routes.bindings();
    }

    /// Those that an exchange is the source of.
    public Collection<Binding> bindingsFrom(String namespace, String exchange) {
        var source = source(namespace, exchange);
        return source == null ? List.of() : source.bindings().keys();
    }

    /// Those that lead to a queue or an exchange.
    public Collection<Binding> bindingsTo(String namespace, String name, boolean isQueue) {
        var routes = namespaces.get(namespace);
        return routes == null ? List.of() : routes.bindingsTo(name, isQueue);
    }

    public boolean contains(Binding binding) {
        var source = source(binding.namespace(), binding.source());
        return source != null && source.bindings().get(binding) != null;
    }

    public Routes declared(Exchange exchange) {
        return with(exchange.namespace(), existing(exchange.namespace()).with(Source.of(exchange)));
    }

    /// Without an exchange and the bindings that it is an end of.
    public Routes deleted(String namespace, String name) {
        return with(namespace, existing(namespace).without(name));
    }

    /// @param queue the destination, if it is a queue
    public Routes bound(Binding binding, @Nullable Queue queue) {
        return with(binding.namespace(), existing(binding.namespace()).bound(binding, queue));
    }

    public Routes unbound(Binding binding) {
        return with(binding.namespace(), existing(binding.namespace()).unbound(binding));
    }

    /// Without the bindings of a queue that is gone.
    public Routes queueDeleted(String namespace, String name) {
        var routes = namespaces.get(namespace);
        return routes == null ? this : with(namespace, routes.unboundTo(name, true));
    }

    @Nullable Source source(String namespace, String exchange) {
        var routes = namespaces.get(namespace);
        return routes == null ? null : routes.source(exchange);
    }

    @SuppressWarnings("ReferenceEquality") // the same object says that nothing changed
    private Routes with(String namespace, NamespaceRoutes routes) {
        return routes == namespaces.get(namespace)
                ? this
                : new Routes(namespaces.with(namespace, routes));
    }

    private NamespaceRoutes existing(String namespace) {
        var routes = namespaces.get(namespace);
        assert routes != null
                : "only in an existing namespace anything can be routed: " + namespace;
        return routes;
    }
}
