package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Listing;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.client.ClientConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Predicate;

/// `/api/connections`: who is connected, and how to end that.
final class ConnectionsApi {
    private static final String REASON = "Closed via management plugin";

    private final ManagementServices services;
    private final WeakHashMap<ClientConnection, Rates> rates = new WeakHashMap<>();

    ConnectionsApi(ManagementServices services) {
        this.services = services;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("connections").get(Handler.now(call -> list(call, _ -> true))),
                Resource.at("connections/username/{username}")
                        .get(Handler.now(call -> list(call, ofUser(call))))
                        .delete(Handler.now(this::closeOfUser)),
                Resource.at("connections/{name}")
                        .get(Handler.now(this::show))
                        .delete(Handler.now(this::close)),
                Resource.at("vhosts/{vhost}/connections")
                        .get(
                                Handler.now(
                                        call ->
                                                list(
                                                        call,
                                                        connection ->
                                                                connection
                                                                        .namespace()
                                                                        .equals(call.vhost())))));
    }

    private Answer list(Call call, Predicate<ClientConnection> which) {
        var found =
                services.connections().all().stream()
                        .filter(which)
                        .sorted(Comparator.comparing(ClientConnection::name))
                        .map(this::json)
                        .toList();
        return Listing.of(call.query(), found);
    }

    private Answer show(Call call) {
        return find(call).map(found -> Answer.ok(json(found))).orElseGet(Answer::notFound);
    }

    private Answer close(Call call) {
        var found = find(call);
        if (found.isEmpty()) {
            return Answer.notFound();
        }
        found.get().close(call.request().reason().orElse(REASON));
        return Answer.noContent();
    }

    private Answer closeOfUser(Call call) {
        var reason = call.request().reason().orElse(REASON);
        services.connections().all().stream()
                .filter(ofUser(call))
                .forEach(connection -> connection.close(reason));
        return Answer.noContent();
    }

    private Optional<ClientConnection> find(Call call) {
        return services.connections().all().stream()
                .filter(connection -> connection.name().equals(call.variable("name")))
                .findFirst();
    }

    private static Predicate<ClientConnection> ofUser(Call call) {
        return connection -> connection.user().equals(call.variable("username"));
    }

    private JsonObject json(ClientConnection connection) {
        var grown =
                rates.computeIfAbsent(connection, _ -> new Rates())
                        .observe(
                                services.clock().nanos(),
                                connection.bytesReceived(),
                                connection.bytesSent());
        return ConnectionJson.json(connection, services.node().name(), grown);
    }
}
