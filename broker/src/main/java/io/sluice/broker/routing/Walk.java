package io.sluice.broker.routing;

import io.sluice.broker.Catalog;
import io.sluice.broker.Policy;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Bucket.Destinations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The way of one message from exchange to exchange, and the queues found on it. Owned by who routes the message.
final class Walk {
    private static final String ALTERNATE = "alternate-exchange";

    private final Catalog catalog;
    private final String namespace;
    private final List<String> keys;
    private final MessageFacts message;
    private final Once<Source> exchanges = new Once<>();
    private @Nullable Map<String, String> headers;

    /// The queues, as long as one answer had them all: then nothing is copied.
    private List<Queue> first = List.of();

    private @Nullable Once<Queue> all;

    /// Whether the present exchange led somewhere.
    private boolean led;

    Walk(Catalog catalog, String namespace, List<String> keys, MessageFacts message) {
        this.catalog = catalog;
        this.namespace = namespace;
        this.keys = keys;
        this.message = message;
    }

    List<Queue> from(Source start) {
        exchanges.add(start);
        for (int i = 0; i < exchanges.size(); i++) {
            pass(exchanges.get(i));
        }
        return all == null ? first : all.items();
    }

    Map<String, String> headers() {
        if (headers == null) {
            headers = message.headers();
        }
        return headers;
    }

    Optional<String> property(String name) {
        return message.property(name);
    }

    void found(Destinations destinations) {
        var queues = destinations.queues();
        if (!queues.isEmpty()) {
            led = true;
            add(queues);
        }
        var further = destinations.exchanges();
        for (int i = 0; i < further.size(); i++) {
            led = true;
            goOnTo(further.get(i));
        }
    }

    private void pass(Source source) {
        led = false;
        for (int i = 0; i < keys.size(); i++) {
            if (source.exchange().isDefault()) {
                catalog.queue(namespace, keys.get(i)).ifPresent(queue -> add(List.of(queue)));
            } else {
                source.table().route(keys.get(i), this);
            }
        }
        if (!led && !source.exchange().isDefault()) {
            alternate(source.exchange()).ifPresent(this::goOnTo);
        }
    }

    private void add(List<Queue> queues) {
        if (first.isEmpty()) {
            first = queues;
            return;
        }
        if (all == null) {
            all = new Once<>();
            first.forEach(all::add);
        }
        queues.forEach(all::add);
    }

    private void goOnTo(String exchange) {
        var source = catalog.routes().source(namespace, exchange);
        if (source != null) {
            exchanges.add(source);
        }
    }

    private Optional<String> alternate(Exchange exchange) {
        return exchange.alternate()
                .or(
                        () ->
                                catalog.policy(namespace, "exchanges", exchange.name())
                                        .map(Policy::definition)
                                        .map(definition -> definition.get(ALTERNATE))
                                        .map(JsonText::unquoted));
    }
}
