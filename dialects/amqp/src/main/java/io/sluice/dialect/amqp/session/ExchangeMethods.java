package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import io.sluice.dialect.amqp.codec.ExchangeMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Exchanges: declared, bound to each other, deleted.
final class ExchangeMethods {
    private static final String RESERVED = "amq.";

    private final AmqpChannel channel;
    private final Bindings bindings;

    ExchangeMethods(AmqpChannel channel) {
        this.channel = channel;
        this.bindings = new Bindings(channel);
    }

    void handle(ExchangeMethod method) {
        switch (method) {
            case ExchangeMethod.Declare declare -> declare(declare);
            case ExchangeMethod.Delete(String name, boolean ifUnused, boolean noWait) ->
                    delete(QueueNames.withoutLineEnds(name), ifUnused, noWait);
            case ExchangeMethod.Bind bind ->
                    bindings.add(
                            new Bindings.Ends(bind.source(), bind.destination(), false),
                            bind.routingKey(),
                            bind.arguments(),
                            () -> answer(bind.noWait(), new ExchangeMethod.BindOk()));
            case ExchangeMethod.Unbind unbind ->
                    bindings.remove(
                            new Bindings.Ends(unbind.source(), unbind.destination(), false),
                            unbind.routingKey(),
                            unbind.arguments(),
                            () -> answer(unbind.noWait(), new ExchangeMethod.UnbindOk()));
            case ExchangeMethod.DeclareOk _,
                    ExchangeMethod.DeleteOk _,
                    ExchangeMethod.BindOk _,
                    ExchangeMethod.UnbindOk _ ->
                    channel.fail(Fault.commandInvalid("unimplemented method"));
        }
    }

    private void answer(boolean noWait, ExchangeMethod ok) {
        if (!noWait) {
            channel.send(ok);
        }
    }

    // ---- declare

    private void declare(ExchangeMethod.Declare method) {
        var name = QueueNames.withoutLineEnds(method.exchange());
        if (name.isEmpty()) {
            channel.fail(Fault.defaultExchange());
            return;
        }
        var existing = channel.catalog().exchange(channel.vhost(), name);
        if (method.passive()) {
            if (existing.isPresent()) {
                answer(method.noWait(), new ExchangeMethod.DeclareOk());
            } else {
                channel.fail(Fault.noExchange(name, channel.vhost()));
            }
            return;
        }
        var type = ExchangeType.of(method.type());
        if (type.isEmpty()) {
            channel.fail(Fault.preconditionFailed("unknown exchange type '" + method.type() + "'"));
        } else if (existing.isPresent()) {
            declareAgain(existing.get(), method);
        } else {
            create(name, type.get(), method);
        }
    }

    private void declareAgain(Exchange exchange, ExchangeMethod.Declare method) {
        var fault = difference(exchange, method);
        if (fault != null) {
            channel.fail(fault);
        } else {
            answer(method.noWait(), new ExchangeMethod.DeclareOk());
        }
    }

    private @Nullable Fault difference(Exchange exchange, ExchangeMethod.Declare method) {
        var described = Fault.exchange(exchange.name(), channel.vhost());
        var fault = Equivalence.field("type", exchange.type().text(), method.type(), described);
        if (fault == null) {
            fault = Equivalence.field("durable", exchange.durable(), method.durable(), described);
        }
        if (fault == null) {
            fault =
                    Equivalence.field(
                            "auto_delete", exchange.autoDelete(), method.autoDelete(), described);
        }
        if (fault == null) {
            fault =
                    Equivalence.field(
                            "internal", exchange.internal(), method.internal(), described);
        }
        if (fault == null) {
            fault =
                    Equivalence.arguments(
                            List.of(ExchangeArguments.ALTERNATE, ExchangeArguments.DELAYED_TYPE),
                            exchange.arguments(),
                            method.arguments().toJson(),
                            described);
        }
        return fault;
    }

    private void create(String name, ExchangeType type, ExchangeMethod.Declare method) {
        var described = Fault.exchange(name, channel.vhost());
        var fault =
                name.startsWith(RESERVED)
                        ? Fault.reservedName("exchange", name)
                        : ExchangeArguments.check(type, method.arguments(), described);
        if (fault != null) {
            channel.fail(fault);
            return;
        }
        var exchange =
                new Exchange(
                        channel.vhost(),
                        name,
                        type,
                        method.durable(),
                        method.autoDelete(),
                        method.internal(),
                        method.arguments().toJson());
        channel.<Catalog>ask(
                reply ->
                        channel.services()
                                .broker()
                                .change(new CatalogChange.DeclareExchange(exchange), reply),
                _ -> answer(method.noWait(), new ExchangeMethod.DeclareOk()),
                error -> {
                    var existing = channel.catalog().exchange(channel.vhost(), name);
                    if (error instanceof BrokerError.ExchangeExists && existing.isPresent()) {
                        // Somebody else was faster.
                        declareAgain(existing.get(), method);
                    } else {
                        channel.fail(BrokerFaults.of(error, described));
                    }
                });
    }

    // ---- delete

    /// Deleting what is not there is no mistake.
    private void delete(String name, boolean ifUnused, boolean noWait) {
        if (name.isEmpty()) {
            channel.fail(Fault.defaultExchange());
            return;
        }
        var described = Fault.exchange(name, channel.vhost());
        if (name.startsWith(RESERVED)) {
            channel.fail(Fault.accessRefused("deletion of system " + described + " not allowed"));
            return;
        }
        channel.<Catalog>ask(
                reply ->
                        channel.services()
                                .broker()
                                .change(
                                        new CatalogChange.DeleteExchange(
                                                channel.vhost(), name, ifUnused),
                                        reply),
                _ -> answer(noWait, new ExchangeMethod.DeleteOk()),
                error -> {
                    if (error instanceof BrokerError.UnknownExchange) {
                        answer(noWait, new ExchangeMethod.DeleteOk());
                    } else {
                        channel.fail(BrokerFaults.of(error, described));
                    }
                });
    }
}
