package io.sluice.dialect.amqp.session;

import io.sluice.broker.Broker;
import io.sluice.broker.Catalog;
import io.sluice.broker.queue.Overflow;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.Router;
import io.sluice.dialect.amqp.codec.BasicMethod;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Properties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Where one connection's publishes go: what the catalog answered is remembered until it changes. Owned by the connection's loop.
final class RouteCache {
    /// Publishers may make up a routing key for every message.
    private static final int REMEMBERED_MAX = 1024;

    private record Key(Octets exchange, Octets routingKey) {}

    private final Broker broker;
    private final String vhost;
    private final Runnable beforeForgetting;
    private final Map<Key, Route> routes = new HashMap<>();
    private final Map<UUID, Target> targets = new HashMap<>();
    private Catalog catalog;

    /// @param beforeForgetting sends what targets have open
    RouteCache(Broker broker, String vhost, Runnable beforeForgetting) {
        this.broker = broker;
        this.vhost = vhost;
        this.beforeForgetting = beforeForgetting;
        this.catalog = broker.catalog();
    }

    /// Where this goes; the same object as long as that does not change.
    Route find(BasicMethod.Publish publish) {
        refresh();
        var key = new Key(publish.exchange(), publish.routingKey());
        var known = routes.get(key);
        if (known != null) {
            return known;
        }
        if (routes.size() == REMEMBERED_MAX) {
            routes.clear();
        }
        var route = route(publish);
        routes.put(key, route);
        return route;
    }

    /// Whether what [#find] gave still holds.
    boolean isCurrent() {
        return broker.catalog().version() == catalog.version();
    }

    /// The queues of a message that is routed by more than one key, or by what it holds.
    List<Target> find(Exchange exchange, List<String> keys, Properties properties) {
        refresh();
        return targets(Router.route(catalog, exchange, keys, () -> properties.headers().toJson()));
    }

    private Route route(BasicMethod.Publish publish) {
        var exchangeName = publish.exchange().text();
        var routingKey = publish.routingKey().text();
        var exchange = catalog.exchange(vhost, exchangeName).orElse(null);
        var headers = new Headers();
        var found =
                exchange == null
                        ? List.<Queue>of()
                        : Router.route(catalog, exchange, List.of(routingKey), headers);
        return new Route(
                exchange,
                exchangeName,
                routingKey,
                publish.exchange().buffer(),
                publish.routingKey().buffer(),
                headers.asked ? null : targets(found));
    }

    private List<Target> targets(List<Queue> queues) {
        var found = new ArrayList<Target>(queues.size());
        for (var queue : queues) {
            found.add(targets.computeIfAbsent(queue.id(), _ -> target(queue)));
        }
        return found;
    }

    private Target target(Queue queue) {
        var settings = catalog.settings(queue);
        boolean limited = settings.lengthMax() >= 0 || settings.bytesMax() >= 0;
        return new Target(
                queue.part(0).partition(),
                limited && settings.overflow() != Overflow.DROP_HEAD,
                queue.isTransient(),
                settings.overflow() == Overflow.REJECT_PUBLISH_DLX ? queue : null);
    }

    private void refresh() {
        var current = broker.catalog();
        if (current.version() != catalog.version()) {
            beforeForgetting.run();
            catalog = current;
            routes.clear();
            targets.clear();
        }
    }

    /// Notices whether routing looks at them.
    private static final class Headers implements Supplier<Map<String, String>> {
        private boolean asked;

        @Override
        public Map<String, String> get() {
            asked = true;
            return Map.of();
        }
    }
}
