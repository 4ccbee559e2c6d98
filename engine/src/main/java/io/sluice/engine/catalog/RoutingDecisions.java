package io.sluice.engine.catalog;

import io.sluice.broker.BrokerError;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.engine.catalog.CatalogDecision.Accepted;
import io.sluice.engine.catalog.CatalogDecision.Refused;
import java.util.List;

/// What becomes of wishes to change exchanges and bindings.
final class RoutingDecisions {
    private RoutingDecisions() {}

    static CatalogDecision declare(CatalogState state, Exchange exchange) {
        if (!state.namespaces().contains(exchange.namespace())) {
            return QueueDecisions.missingNamespace(exchange.namespace());
        }
        if (state.exchange(exchange.namespace(), exchange.name()).isPresent()) {
            return new Refused(new BrokerError.ExchangeExists(exchange.name()));
        }
        var fault = exchange.fault();
        return fault.isPresent()
                ? new Refused(new BrokerError.Invalid(fault.get()))
                : Accepted.of(new CatalogEntry.ExchangeDeclared(exchange));
    }

    static CatalogDecision delete(
            CatalogState state, String namespace, String name, boolean ifUnused) {
        if (state.exchange(namespace, name).isEmpty()) {
            return new Refused(new BrokerError.UnknownExchange(name));
        }
        if (ifUnused && !state.routes().bindingsFrom(namespace, name).isEmpty()) {
            return new Refused(
                    new BrokerError.InUse("exchange '" + name + "' has bindings and is in use"));
        }
        return new Accepted(new Consequences(state).exchangeDeleted(namespace, name).entries());
    }

    static CatalogDecision bind(CatalogState state, Binding binding) {
        var namespace = binding.namespace();
        var source = state.exchange(namespace, binding.source());
        if (source.isEmpty()) {
            return new Refused(new BrokerError.UnknownExchange(binding.source()));
        }
        var destination = binding.destination();
        if (binding.destinationIsQueue() && state.queue(namespace, destination).isEmpty()) {
            return new Refused(new BrokerError.UnknownQueue(destination));
        }
        if (!binding.destinationIsQueue() && state.exchange(namespace, destination).isEmpty()) {
            return new Refused(new BrokerError.UnknownExchange(destination));
        }
        if (source.get().isDefault() || (!binding.destinationIsQueue() && destination.isEmpty())) {
            return new Refused(
                    new BrokerError.Invalid("the default exchange has its bindings of itself"));
        }
        var fault = source.get().fault(binding);
        if (fault.isPresent()) {
            return new Refused(new BrokerError.Invalid(fault.get()));
        }
        return state.routes().contains(binding)
                ? new Accepted(List.of())
                : Accepted.of(new CatalogEntry.Bound(binding));
    }

    static CatalogDecision unbind(CatalogState state, Binding binding) {
        return state.routes().contains(binding)
                ? new Accepted(new Consequences(state).unbound(binding).entries())
                : new Accepted(List.of());
    }
}
