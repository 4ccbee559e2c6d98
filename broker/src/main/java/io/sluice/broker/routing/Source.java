package io.sluice.broker.routing;

import io.sluice.base.PersistentMap;
import io.sluice.broker.queue.Queue;
import org.jspecify.annotations.Nullable;

/// An exchange and what is bound to it. Immutable.
///
/// @param table the bindings as a message meets them
record Source(Exchange exchange, PersistentMap<Binding, Binding> bindings, Table table) {
    static Source of(Exchange exchange) {
        return new Source(exchange, PersistentMap.empty(), Table.of(exchange));
    }

    Source bound(Binding binding, @Nullable Queue queue) {
        return new Source(
                exchange, bindings.with(binding, binding), table.with(new Target(binding, queue)));
    }

    Source unbound(Binding binding) {
        return new Source(exchange, bindings.without(binding), table.without(binding));
    }
}
