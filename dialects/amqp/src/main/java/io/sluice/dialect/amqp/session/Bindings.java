package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Bindings of queues and of exchanges.
final class Bindings {
    private static final Set<String> MATCHES = Set.of("all", "any", "all-with-x", "any-with-x");

    private final AmqpChannel channel;

    Bindings(AmqpChannel channel) {
        this.channel = channel;
    }

    /// What is bound to what.
    record Ends(String source, String destination, boolean destinationIsQueue) {
        Ends {
            source = QueueNames.withoutLineEnds(source);
            destination = QueueNames.withoutLineEnds(destination);
        }

        boolean hasDefaultExchange() {
            return source.isEmpty() || (!destinationIsQueue && destination.isEmpty());
        }
    }

    void add(Ends ends, String key, Table arguments, Runnable done) {
        if (ends.hasDefaultExchange()) {
            channel.fail(Fault.defaultExchange());
            return;
        }
        var fault = checkEnds(ends);
        var exchange = channel.catalog().exchange(channel.vhost(), ends.source);
        if (fault == null && exchange.isPresent()) {
            fault = check(exchange.get(), key, arguments);
        }
        if (fault != null) {
            channel.fail(fault);
            return;
        }
        change(new CatalogChange.Bind(binding(ends, key, arguments)), ends, done);
    }

    /// Unbinding what is not bound, or not there, is no mistake.
    void remove(Ends ends, String key, Table arguments, Runnable done) {
        if (ends.hasDefaultExchange()) {
            channel.fail(Fault.defaultExchange());
            return;
        }
        var locked = lock(ends);
        if (locked != null) {
            channel.fail(locked);
            return;
        }
        channel.<Catalog>ask(
                reply ->
                        channel.services()
                                .broker()
                                .change(
                                        new CatalogChange.Unbind(binding(ends, key, arguments)),
                                        reply),
                _ -> done.run(),
                error -> {
                    if (isMissing(error)) {
                        done.run();
                    } else {
                        channel.fail(
                                BrokerFaults.of(
                                        error, Fault.exchange(ends.source, channel.vhost())));
                    }
                });
    }

    private static boolean isMissing(BrokerError error) {
        return error instanceof BrokerError.UnknownExchange
                || error instanceof BrokerError.UnknownQueue;
    }

    private Binding binding(Ends ends, String key, Table arguments) {
        return new Binding(
                channel.vhost(),
                ends.source,
                ends.destination,
                ends.destinationIsQueue,
                key,
                arguments.toJson());
    }

    private void change(CatalogChange change, Ends ends, Runnable done) {
        channel.<Catalog>ask(
                reply -> channel.services().broker().change(change, reply),
                _ -> done.run(),
                error -> channel.fail(refusal(error, ends)));
    }

    private Fault refusal(BrokerError error, Ends ends) {
        return switch (error) {
            case BrokerError.UnknownExchange(String name) ->
                    Fault.noExchange(name, channel.vhost());
            case BrokerError.UnknownQueue(String name) -> Fault.noQueue(name, channel.vhost());
            case BrokerError other ->
                    BrokerFaults.of(other, Fault.exchange(ends.source, channel.vhost()));
        };
    }

    private @Nullable Fault checkEnds(Ends ends) {
        var catalog = channel.catalog();
        var vhost = channel.vhost();
        if (catalog.exchange(vhost, ends.source).isEmpty()) {
            return Fault.noExchange(ends.source, vhost);
        }
        if (!ends.destinationIsQueue) {
            return catalog.exchange(vhost, ends.destination).isEmpty()
                    ? Fault.noExchange(ends.destination, vhost)
                    : null;
        }
        return catalog.queue(vhost, ends.destination).isEmpty()
                ? Fault.noQueue(ends.destination, vhost)
                : lock(ends);
    }

    private @Nullable Fault lock(Ends ends) {
        var queue =
                ends.destinationIsQueue
                        ? channel.catalog().queue(channel.vhost(), ends.destination)
                        : Optional.<Queue>empty();
        return queue.isPresent() && !channel.session().exclusiveQueues().allows(queue.get())
                ? Fault.lockedQueue(ends.destination, channel.vhost())
                : null;
    }

    private static @Nullable Fault check(Exchange exchange, String key, Table arguments) {
        return switch (effective(exchange)) {
            case HEADERS -> checkMatch(arguments);
            case CONSISTENT_HASH -> checkWeight(key);
            case DIRECT, FANOUT, TOPIC, DELAYED -> null;
        };
    }

    private static ExchangeType effective(Exchange exchange) {
        return exchange.type() == ExchangeType.DELAYED
                ? ExchangeArguments.delayedType(exchange.arguments()).orElse(ExchangeType.DIRECT)
                : exchange.type();
    }

    private static @Nullable Fault checkMatch(Table arguments) {
        var match = arguments.field("x-match");
        if (match.isEmpty()) {
            return null;
        }
        if (!(match.get() instanceof Value.Text(Octets word))) {
            return Fault.preconditionFailed(
                    "Invalid x-match field type %s (value %s); expected longstr"
                            .formatted(ValueNames.type(match.get()), match.get()));
        }
        return MATCHES.contains(word.text())
                ? null
                : Fault.preconditionFailed(
                        "Invalid x-match field value <<\"%s\">>; expected all, any, all-with-x, or any-with-x"
                                .formatted(word.text()));
    }

    private static @Nullable Fault checkWeight(String key) {
        if (!key.matches("\\d{1,9}")) {
            return Fault.preconditionFailed(
                    "The binding key must be an integer: <<\"" + key + "\">>");
        }
        return Integer.parseInt(key) > 0
                ? null
                : Fault.preconditionFailed("The binding key must be greater than 0");
    }
}
