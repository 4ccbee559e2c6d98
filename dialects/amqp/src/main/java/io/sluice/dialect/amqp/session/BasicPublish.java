package io.sluice.dialect.amqp.session;

import io.sluice.base.Millis;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import io.sluice.dialect.amqp.codec.BasicMethod;
import io.sluice.dialect.amqp.codec.FrameWriter;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.PropertiesEditor;
import io.sluice.dialect.amqp.codec.ReplyCode;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import io.sluice.dialect.amqp.mapping.DeathHeaders;
import io.sluice.dialect.amqp.mapping.RecordHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `basic.publish`: checks a message, finds its queues and hands it to their batches.
final class BasicPublish {
    private static final int PERSISTENT = 2;
    private static final String CC = "CC";
    private static final String BCC = "BCC";
    private static final String DELAY = "x-delay";

    /// What becomes the record's key, by which queues order and Kafka partitions.
    private static final String KEY = "x-sluice-key";
    /// The same wherever the message is published: so one that is sent on can ask for its own delay.
    private static final String SLUICE_DELAY = "x-sluice-delay";

    private final AmqpChannel channel;
    private final AmqpSession session;
    private final RecordHeaders recordHeaders = new RecordHeaders();
    private BasicMethod.@Nullable Publish lastMethod;
    private @Nullable Route lastRoute;

    BasicPublish(AmqpChannel channel) {
        this.channel = channel;
        this.session = channel.session();
    }

    /// A whole message came.
    void handle(Content content) {
        var fault = check(content);
        var transaction = channel.transaction();
        if (fault == null && transaction != null) {
            transaction.add(addressed(content).kept());
            return;
        }
        if (fault == null) {
            publish(addressed(content), channel.publishes());
        }
        if (content.reserved() > 0) {
            session.connection().release(content.reserved());
        }
        if (fault != null) {
            channel.fail(fault, content.publish());
        }
    }

    /// Routes a message that was checked, and returns or appends it.
    ///
    /// @param waiter hears of the appends
    void publish(Content content, PublishWaiter waiter) {
        channel.countPublished();
        var method = content.publish();
        var route = route(method);
        var exchange = route.exchange();
        if (exchange == null) {
            // It was deleted while a transaction was open.
            waiter.begin(0);
            return;
        }
        var properties = content.properties();
        if (properties.hasHeaders()) {
            var copies = Copies.of(properties);
            var deaths = DeathHeaders.in(properties).orElse(null);
            if (copies != null || deaths != null) {
                publishRare(
                        content,
                        exchange,
                        route,
                        copies == null ? Copies.NONE : copies,
                        deaths,
                        waiter);
                return;
            }
        }
        var targets = route.targets();
        if (targets == null) {
            targets = session.routes().find(exchange, List.of(route.routingKey()), properties);
        }
        if (targets.isEmpty()) {
            unrouted(content, route, waiter);
            return;
        }
        long now = channel.services().clock().millis();
        long notBefore = notBefore(exchange, properties, now);
        var headers =
                recordHeaders.of(
                        properties.priority().orElse(0),
                        ttl(properties),
                        notBefore,
                        route.exchangeBytes(),
                        route.routingKeyBytes(),
                        properties.raw());
        append(content, targets, headers, now, notBefore >= 0, waiter);
    }

    /// What has more routing keys than one, or has died before and is sent on with what was told of that.
    private void publishRare(
            Content content,
            Exchange exchange,
            Route route,
            Copies copies,
            @Nullable Deaths deaths,
            PublishWaiter waiter) {
        var told = new ArrayList<String>();
        told.add(route.routingKey());
        told.addAll(copies.open);
        var all = new ArrayList<>(told);
        all.addAll(copies.blind);
        var properties = content.properties();
        var targets = session.routes().find(exchange, all, properties);
        if (targets.isEmpty()) {
            unrouted(content, route, waiter);
            return;
        }
        var raw =
                copies.blind.isEmpty()
                        ? properties.raw()
                        : new PropertiesEditor(properties.raw()).withoutHeader(BCC).build();
        long now = channel.services().clock().millis();
        long notBefore = notBefore(exchange, properties, now);
        var headers =
                recordHeaders.of(
                        properties.priority().orElse(0),
                        ttl(properties),
                        notBefore,
                        route.exchangeName(),
                        told,
                        deaths,
                        raw);
        append(content, targets, headers, now, notBefore >= 0, waiter);
    }

    private void append(
            Content content,
            List<TargetSet> targets,
            ByteBuffer headers,
            long now,
            boolean delayed,
            PublishWaiter waiter) {
        boolean persistent = content.properties().deliveryMode().orElse(0) == PERSISTENT;
        var key = content.properties().hasHeaders() ? key(content.properties()) : null;
        int queues = 0;
        for (int i = 0; i < targets.size(); i++) {
            queues += targets.get(i).size();
        }
        long number = waiter.begin(queues);
        for (int i = 0; i < targets.size(); i++) {
            session.publishing()
                    .add(
                            targets.get(i),
                            now,
                            key,
                            content.body(),
                            headers,
                            persistent,
                            delayed,
                            waiter,
                            number);
        }
    }

    private void unrouted(Content content, Route route, PublishWaiter waiter) {
        if (isForReplyConsumer(route)) {
            boolean found = channel.services().replies().send(route.routingKey(), content);
            if (found) {
                waiter.begin(0);
                return;
            }
        }
        if (content.publish().mandatory()) {
            FrameWriter.returned(
                    channel.number(),
                    session.frameBytesMax(),
                    ReplyCode.NO_ROUTE,
                    ReplyCode.NO_ROUTE.name(),
                    route.exchangeBytes(),
                    route.routingKeyBytes(),
                    content.properties().raw(),
                    content.body(),
                    session.output().open());
            session.output().close();
        }
        waiter.begin(0);
    }

    private static boolean isForReplyConsumer(Route route) {
        return route.exchangeName().isEmpty()
                && route.routingKey().startsWith(ReplyAddresses.PREFIX);
    }

    private @Nullable Fault check(Content content) {
        var method = content.publish();
        if (method.immediate()) {
            return Fault.notImplemented("immediate=true");
        }
        var route = route(method);
        var exchange = route.exchange();
        if (exchange == null) {
            return Fault.noExchange(route.exchangeName(), channel.vhost());
        }
        if (exchange.internal()) {
            return Fault.accessRefused(
                    "cannot publish to internal "
                            + Fault.exchange(exchange.name(), channel.vhost()));
        }
        var properties = content.properties();
        if (channel.consumers().replyConsumer() == null && wantsReply(properties)) {
            return Fault.preconditionFailed("fast reply consumer does not exist");
        }
        var fault = MessageChecks.check(properties, channel.user());
        if (fault == null && properties.hasHeaders()) {
            fault = checkCopies(properties, CC);
            if (fault == null) {
                fault = checkCopies(properties, BCC);
            }
        }
        return fault;
    }

    private static @Nullable Fault checkCopies(Properties properties, String name) {
        var value = properties.header(name);
        return value.isEmpty() ? null : MessageChecks.checkCopies(name, value.get());
    }

    /// A request says where its direct reply shall go.
    private Content addressed(Content content) {
        var consumer = channel.consumers().replyConsumer();
        if (consumer == null || !wantsReply(content.properties())) {
            return content;
        }
        var properties =
                new PropertiesEditor(content.properties().raw())
                        .replyTo(consumer.address())
                        .build();
        return new Content(
                content.publish(), Properties.view(properties), content.body(), content.reserved());
    }

    private static boolean wantsReply(Properties properties) {
        var replyTo = properties.replyTo();
        return replyTo.isPresent() && replyTo.get().equals(ReplyAddresses.QUEUE);
    }

    /// Most messages go where the one before went.
    private Route route(BasicMethod.Publish method) {
        var routes = session.routes();
        var known = lastRoute;
        if (known != null && method.equals(lastMethod) && routes.isCurrent()) {
            return known;
        }
        lastMethod = method;
        lastRoute = routes.find(method);
        return lastRoute;
    }

    private static long ttl(Properties properties) {
        var expiration = properties.expiration();
        return expiration.isEmpty() ? -1 : Long.parseLong(expiration.get());
    }

    private static @Nullable ByteBuffer key(Properties properties) {
        var value = properties.header(KEY);
        if (value.isEmpty()) {
            return null;
        }
        return switch (value.get()) {
            case Value.Text(Octets key) -> key.buffer();
            case Value.Bytes(Octets key) -> key.buffer();
            case Value.Bool _,
                    Value.Whole _,
                    Value.Float32 _,
                    Value.Float64 _,
                    Value.Decimal _,
                    Value.Timestamp _,
                    Value.Array _,
                    Value.Nothing _,
                    Table _ ->
                    null;
        };
    }

    /// -1: at once.
    private static long notBefore(Exchange exchange, Properties properties, long now) {
        if (!properties.hasHeaders()) {
            return -1;
        }
        long delay = millis(properties, SLUICE_DELAY);
        if (delay <= 0 && exchange.type() == ExchangeType.DELAYED) {
            delay = millis(properties, DELAY);
        }
        return delay <= 0 ? -1 : Millis.after(now, delay);
    }

    private static long millis(Properties properties, String header) {
        return properties.header(header).orElse(null)
                        instanceof Value.Whole(Value.Width _, long millis)
                ? millis
                : -1;
    }

    /// The further routing keys of a message.
    ///
    /// @param open those that receivers see, `blind` those that they do not
    private record Copies(List<String> open, List<String> blind) {
        private static final Copies NONE = new Copies(List.of(), List.of());

        /// Null: there are none.
        static @Nullable Copies of(Properties properties) {
            var open = keys(properties, CC);
            var blind = keys(properties, BCC);
            return open.isEmpty() && blind.isEmpty() ? null : new Copies(open, blind);
        }

        private static List<String> keys(Properties properties, String name) {
            if (!(properties.header(name).orElse(null)
                    instanceof Value.Array(List<Value> values))) {
                return List.of();
            }
            var keys = new ArrayList<String>();
            for (var value : values) {
                if (value instanceof Value.Text(Octets key)) {
                    keys.add(key.text());
                }
            }
            return keys;
        }
    }
}
