package io.sluice.broker.routing;

import io.sluice.base.PersistentMap;
import io.sluice.broker.queue.Queue;
import org.jspecify.annotations.Nullable;

/// An exchange and what is bound to it. Immutable.
///
/// @param bindings each with where it leads
record Source(Exchange exchange, PersistentMap<Binding, Target> bindings) {
    static Source of(Exchange exchange) {
        return new Source(exchange, PersistentMap.empty());
    }

    Source bound(Binding binding, @Nullable Queue queue) {
        return new Source(exchange, bindings.with(binding, new Target(binding, queue)));
    }

    Source unbound(Binding binding) {
        return new Source(exchange, bindings.without(binding));
    }

    /// Where a binding leads.
    ///
    /// @param queue null when it is an exchange
    record Target(Binding binding, @Nullable Queue queue) {}
}
