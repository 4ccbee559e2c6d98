package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import java.util.concurrent.CompletableFuture;

/// An exchange as somebody wants it.
final class ExchangeDeclaration {
    private static final String ALTERNATE = "alternate-exchange";
    private static final String DELAYED_TYPE = "x-delayed-type";

    private final ManagementServices services;

    ExchangeDeclaration(ManagementServices services) {
        this.services = services;
    }

    /// Makes the exchange, unless one that is the same is there, or somebody else is quicker and makes it.
    ///
    /// @return true when it is new
    CompletableFuture<Boolean> declare(String vhost, String name, Body body) {
        var wanted = wanted(vhost, name, body);
        var present = services.broker().catalog().exchange(vhost, name);
        if (present.isPresent()) {
            demandSame(wanted, present.get());
            return CompletableFuture.completedFuture(false);
        }
        if (Names.isReserved(name)) {
            throw new AnsweredException(Answer.refused("Access refused."));
        }
        return services.asks()
                .change(new CatalogChange.DeclareExchange(wanted))
                .thenApply(_ -> true)
                .exceptionallyCompose(
                        failure ->
                                Asks.refusal(failure) instanceof BrokerError.ExchangeExists
                                        ? declare(vhost, name, body)
                                        : CompletableFuture.failedFuture(failure));
    }

    private static Exchange wanted(String vhost, String name, Body body) {
        var arguments = body.object("arguments");
        var type = type(body.text("type").orElse(ExchangeType.DIRECT.text()));
        demandArguments(type, arguments);
        return new Exchange(
                vhost,
                name,
                type,
                body.flag("durable", false),
                body.flag("auto_delete", false),
                body.flag("internal", false),
                Arguments.texts(arguments));
    }

    private static ExchangeType type(String text) {
        return ExchangeType.of(text)
                .orElseThrow(() -> wrong("unknown exchange type '" + text + "'"));
    }

    private static void demandArguments(ExchangeType type, JsonObject arguments) {
        var alternate = arguments.find(ALTERNATE);
        if (alternate != null && !(alternate instanceof Json.Text)) {
            throw wrong("invalid arg '" + ALTERNATE + "': expected a string");
        }
        if (type == ExchangeType.DELAYED) {
            var inner = arguments.text(DELAYED_TYPE).flatMap(ExchangeType::of);
            if (inner.isEmpty() || inner.get() == ExchangeType.DELAYED) {
                throw wrong(
                        "Invalid argument, '"
                                + DELAYED_TYPE
                                + "' must be an existing exchange type");
            }
        }
    }

    private static void demandSame(Exchange wanted, Exchange present) {
        var equality = new Equality("exchange", present.name(), present.namespace());
        equality.demand("type", wanted.type().text(), present.type().text());
        equality.demand("durable", wanted.durable(), present.durable());
        equality.demand("auto_delete", wanted.autoDelete(), present.autoDelete());
        equality.demand("internal", wanted.internal(), present.internal());
        equality.demand(wanted.arguments(), present.arguments());
    }

    private static AnsweredException wrong(String reason) {
        return new AnsweredException(Answer.badRequest(reason));
    }
}
