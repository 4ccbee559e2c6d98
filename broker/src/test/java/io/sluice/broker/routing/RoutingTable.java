package io.sluice.broker.routing;

import io.sluice.broker.Catalog;
import io.sluice.broker.Policy;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A catalog of nothing but what routing needs, all in the default namespace; each call changes it.
final class RoutingTable implements Catalog {
    private static final MessageFacts NOTHING = facts(Map.of(), Map.of());

    private final Map<String, Queue> queues = new TreeMap<>();
    private final Map<String, Policy> exchangePolicies = new TreeMap<>();
    private Routes routes = Routes.INITIAL;

    RoutingTable withQueues(String... names) {
        for (var name : names) {
            queues.put(
                    name,
                    new Queue(
                            new UUID(1, queues.size()),
                            "/",
                            name,
                            new UUID(2, queues.size()),
                            true,
                            true,
                            false,
                            false,
                            Map.of(),
                            0));
        }
        return this;
    }

    RoutingTable exchange(String name, ExchangeType type) {
        return exchange(name, type, Map.of());
    }

    RoutingTable exchange(String name, ExchangeType type, Map<String, String> arguments) {
        routes = routes.declared(new Exchange("/", name, type, true, false, false, arguments));
        return this;
    }

    RoutingTable policy(String exchange, Map<String, String> definition) {
        exchangePolicies.put(exchange, new Policy("/", "p", exchange, "all", 0, definition));
        return this;
    }

    RoutingTable bind(String exchange, String key, String queue) {
        return bind(exchange, key, queue, Map.of());
    }

    RoutingTable bind(String exchange, String key, String queue, Map<String, String> arguments) {
        routes = routes.bound(toQueue(exchange, key, queue, arguments), queues.get(queue));
        return this;
    }

    RoutingTable unbind(String exchange, String key, String queue) {
        routes = routes.unbound(toQueue(exchange, key, queue, Map.of()));
        return this;
    }

    RoutingTable bindExchange(String exchange, String key, String destination) {
        routes = routes.bound(new Binding("/", exchange, destination, false, key, Map.of()), null);
        return this;
    }

    private static Binding toQueue(
            String exchange, String key, String queue, Map<String, String> arguments) {
        return new Binding("/", exchange, queue, true, key, arguments);
    }

    RoutingTable deleteQueue(String name) {
        queues.remove(name);
        routes = routes.queueDeleted("/", name);
        return this;
    }

    RoutingTable deleteExchange(String name) {
        routes = routes.deleted("/", name);
        return this;
    }

    /// The names of the queues that a message with these keys reaches.
    List<String> route(String exchange, String... keys) {
        return route(exchange, NOTHING, keys);
    }

    List<String> route(String exchange, MessageFacts message, String... keys) {
        var found =
                Router.route(
                        this, exchange("/", exchange).orElseThrow(), Arrays.asList(keys), message);
        return found.stream().map(Queue::name).toList();
    }

    static MessageFacts facts(Map<String, String> headers, Map<String, String> properties) {
        return new MessageFacts() {
            @Override
            public Map<String, String> headers() {
                return headers;
            }

            @Override
            public Optional<String> property(String name) {
                return Optional.ofNullable(properties.get(name));
            }
        };
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Optional<Exchange> exchange(String namespace, String name) {
        return routes.exchange(namespace, name);
    }

    @Override
    public Collection<Exchange> exchanges(String namespace) {
        return routes.exchanges(namespace);
    }

    @Override
    public Collection<Binding> bindings(String namespace) {
        return routes.bindings(namespace);
    }

    @Override
    public Collection<String> namespaces() {
        return routes.namespaces();
    }

    @Override
    public Optional<Policy> policy(String namespace, String kind, String name) {
        return kind.equals("exchanges")
                ? Optional.ofNullable(exchangePolicies.get(name))
                : Optional.empty();
    }

    @Override
    public Optional<Queue> queue(String namespace, String name) {
        return Optional.ofNullable(queues.get(name));
    }

    @Override
    public Optional<Queue> queue(UUID id) {
        return queues.values().stream().filter(queue -> queue.id().equals(id)).findFirst();
    }

    @Override
    public Collection<Queue> queues() {
        return queues.values();
    }

    @Override
    public Collection<Queue> queuesOf(UUID topic) {
        return new ArrayList<>();
    }

    @Override
    public QueueSettings settings(Queue queue) {
        return QueueSettings.DEFAULT;
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public UUID clusterId() {
        return new UUID(0, 0);
    }

    @Override
    public Optional<Topic> topic(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Topic> topic(UUID id) {
        return Optional.empty();
    }

    @Override
    public Collection<Topic> topics() {
        return List.of();
    }

    @Override
    public Map<String, String> settings(String kind, String name) {
        return Map.of();
    }

    @Override
    public Collection<String> configured(String kind) {
        return List.of();
    }
}
