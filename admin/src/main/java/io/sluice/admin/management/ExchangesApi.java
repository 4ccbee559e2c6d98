package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Listing;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Policy;
import io.sluice.broker.routing.Exchange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// `/api/exchanges`.
final class ExchangesApi {
    private final ManagementServices services;
    private final ExchangeDeclaration declaration;

    ExchangesApi(ManagementServices services) {
        this.services = services;
        this.declaration = new ExchangeDeclaration(services);
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("exchanges")
                        .get(
                                Handler.now(
                                        call ->
                                                list(
                                                        call,
                                                        services.broker().catalog().namespaces()))),
                Resource.at("exchanges/{vhost}")
                        .get(Handler.now(call -> list(call, List.of(call.vhost())))),
                Resource.at("exchanges/{vhost}/{name}")
                        .get(Handler.now(this::show))
                        .put(this::put)
                        .delete(this::delete));
    }

    private Answer list(Call call, Collection<String> vhosts) {
        var catalog = services.broker().catalog();
        return Listing.of(
                call.query(),
                vhosts.stream()
                        .flatMap(vhost -> catalog.exchanges(vhost).stream())
                        .map(this::json)
                        .toList());
    }

    private Answer show(Call call) {
        return find(call)
                .map(
                        found ->
                                Answer.ok(
                                        json(found)
                                                .put("incoming", List.of())
                                                .put("outgoing", List.of())))
                .orElseGet(Answer::notFound);
    }

    private CompletableFuture<Answer> put(Call call) {
        return declaration
                .declare(call.vhost(), Names.exchange(call.variable("name")), call.body())
                .thenApply(Answer::put);
    }

    private CompletableFuture<Answer> delete(Call call) {
        var exchange = find(call);
        if (exchange.isEmpty()) {
            return CompletableFuture.completedFuture(Answer.notFound());
        }
        var name = exchange.get().name();
        if (Names.isReserved(name)) {
            return CompletableFuture.completedFuture(Answer.refused("Access refused."));
        }
        return services.asks()
                .change(
                        new CatalogChange.DeleteExchange(
                                call.vhost(), name, call.query().flag("if-unused")))
                .thenApply(_ -> Answer.noContent())
                .exceptionally(failure -> inUse(name, call.vhost(), failure));
    }

    private static Answer inUse(String name, String vhost, Throwable failure) {
        if (Asks.refusal(failure) instanceof BrokerError.InUse) {
            return Answer.badRequest("exchange '%s' in vhost '%s' in use".formatted(name, vhost));
        }
        throw new CompletionException(failure);
    }

    private Optional<Exchange> find(Call call) {
        return services.broker()
                .catalog()
                .exchange(call.vhost(), Names.exchange(call.variable("name")));
    }

    private JsonObject json(Exchange exchange) {
        var policy =
                services.broker()
                        .catalog()
                        .policy(exchange.namespace(), "exchanges", exchange.name());
        return definition(exchange)
                .put("policy", policy.map(Policy::name).map(Json::of).orElse(Json.nothing()))
                .put(
                        "user_who_performed_action",
                        Names.isReserved(exchange.name()) ? "rmq-internal" : "");
    }

    /// How one is exported.
    static JsonObject definition(Exchange exchange) {
        return JsonObject.object()
                .put("name", exchange.name())
                .put("vhost", exchange.namespace())
                .put("type", exchange.type().text())
                .put("durable", exchange.durable())
                .put("auto_delete", exchange.autoDelete())
                .put("internal", exchange.internal())
                .put("arguments", Arguments.json(exchange.arguments()));
    }
}
