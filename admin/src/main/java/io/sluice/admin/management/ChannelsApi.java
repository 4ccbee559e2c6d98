package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Listing;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.client.ClientConnection;
import io.sluice.broker.client.ClientConnection.Channel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// `/api/channels`: the sessions inside of connections.
final class ChannelsApi {
    private final ManagementServices services;
    private final Statuses statuses;
    private Map<Long, Rates> rates = new HashMap<>();

    ChannelsApi(ManagementServices services, Statuses statuses) {
        this.services = services;
        this.statuses = statuses;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("channels").get(Handler.now(call -> list(call, _ -> true))),
                Resource.at("channels/{channel}").get(this::show),
                Resource.at("connections/{name}/channels")
                        .get(
                                Handler.now(
                                        call ->
                                                list(
                                                        call,
                                                        connection ->
                                                                connection
                                                                        .name()
                                                                        .equals(
                                                                                call.variable(
                                                                                        "name"))))),
                Resource.at("vhosts/{vhost}/channels")
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
        forgetClosed();
        var found =
                services.connections().all().stream()
                        .filter(which)
                        .sorted(Comparator.comparing(ClientConnection::name))
                        .flatMap(
                                connection ->
                                        connection.channels().stream()
                                                .map(channel -> json(connection, channel)))
                        .toList();
        return Listing.of(call.query(), found);
    }

    private CompletableFuture<Answer> show(Call call) {
        var name = call.variable("channel");
        for (var connection : services.connections().all()) {
            for (var channel : connection.channels()) {
                if (ChannelJson.name(connection, channel).equals(name)) {
                    return withConsumers(json(connection, channel), channel);
                }
            }
        }
        return CompletableFuture.completedFuture(Answer.notFound());
    }

    private CompletableFuture<Answer> withConsumers(JsonObject json, Channel channel) {
        return statuses.ofAll()
                .thenApply(
                        figures ->
                                Answer.ok(
                                        json.put(
                                                "consumer_details",
                                                ConsumersApi.consumers(
                                                        services,
                                                        figures,
                                                        _ -> true,
                                                        consumer ->
                                                                consumer.owner()
                                                                        == channel.owner()))));
    }

    private JsonObject json(ClientConnection connection, Channel channel) {
        var grown =
                rates.computeIfAbsent(channel.owner(), _ -> new Rates())
                        .observe(
                                services.clock().nanos(),
                                channel.published(),
                                channel.delivered(),
                                channel.settled());
        return ChannelJson.json(connection, channel, services.node().name(), grown);
    }

    private void forgetClosed() {
        var open = new HashMap<Long, Rates>();
        for (var connection : services.connections().all()) {
            for (var channel : connection.channels()) {
                var known = rates.get(channel.owner());
                if (known != null) {
                    open.put(channel.owner(), known);
                }
            }
        }
        rates = open;
    }
}
