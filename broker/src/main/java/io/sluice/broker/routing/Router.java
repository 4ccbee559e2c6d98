package io.sluice.broker.routing;

import io.sluice.broker.Catalog;
import io.sluice.broker.queue.Queue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The walk of one message through exchanges and bindings.
public final class Router {
    private Router() {}

    /// The queues that get a message: each once, in the order in which they were found. An exchange that leads nowhere hands over to
    /// its alternate exchange; exchanges that were passed are not passed again.
    ///
    /// @param keys the routing key, then those of CC and BCC: the message is routed by each of them
    public static List<Queue> route(
            Catalog catalog, Exchange exchange, List<String> keys, MessageFacts message) {
        if (keys.size() == 1) {
            return route(catalog, exchange, keys.getFirst(), message);
        }
        var source = catalog.routes().source(exchange.namespace(), exchange.name());
        return source == null
                ? List.of()
                : new Walk(catalog, exchange.namespace(), keys, message).from(source);
    }

    /// By one routing key. The default exchange and direct ones without further exchanges behind them answer without making anything.
    public static List<Queue> route(
            Catalog catalog, Exchange exchange, String key, MessageFacts message) {
        if (exchange.isDefault()) {
            var queue = catalog.queue(exchange.namespace(), key);
            return queue.isPresent() ? List.of(queue.get()) : List.of();
        }
        var source = catalog.routes().source(exchange.namespace(), exchange.name());
        if (source == null) {
            return List.of();
        }
        if (source.table() instanceof DirectTable direct) {
            var bucket = direct.byKey().get(key);
            if (bucket != null && bucket.destinations().exchanges().isEmpty()) {
                return bucket.destinations().queues();
            }
        }
        return new Walk(catalog, exchange.namespace(), List.of(key), message).from(source);
    }

    /// The same for a message without properties.
    ///
    /// @param headers values as JSON text; asked for only where an exchange wants to know
    public static List<Queue> route(
            Catalog catalog,
            Exchange exchange,
            List<String> keys,
            Supplier<Map<String, String>> headers) {
        return route(
                catalog,
                exchange,
                keys,
                new MessageFacts() {
                    @Override
                    public Map<String, String> headers() {
                        return headers.get();
                    }

                    @Override
                    public Optional<String> property(String name) {
                        return Optional.empty();
                    }
                });
    }
}
