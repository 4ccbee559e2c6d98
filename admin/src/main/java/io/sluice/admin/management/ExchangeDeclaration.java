package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// An exchange as somebody wants it.
final class ExchangeDeclaration {
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
            demandNone(services.rules().ofSame(wanted, present.get()));
            return CompletableFuture.completedFuture(false);
        }
        if (Names.isReserved(name)) {
            throw new AnsweredException(Answer.refused("Access refused."));
        }
        demandNone(services.rules().ofNew(wanted));
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

    private static void demandNone(Optional<String> mistake) {
        if (mistake.isPresent()) {
            throw wrong(mistake.get());
        }
    }

    private static AnsweredException wrong(String reason) {
        return new AnsweredException(Answer.badRequest(reason));
    }
}
