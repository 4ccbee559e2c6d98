package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.client.ClientConnection;
import io.sluice.broker.client.Connections;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which channel of which connection is behind an owner of leases. A look at one moment.
final class Owners {
    private final Map<Long, Place> places = new HashMap<>();

    private record Place(ClientConnection connection, ClientConnection.Channel channel) {}

    static Owners of(Connections connections) {
        var owners = new Owners();
        for (var connection : connections.all()) {
            for (var channel : connection.channels()) {
                owners.places.put(channel.owner(), new Place(connection, channel));
            }
        }
        return owners;
    }

    /// `channel_details` of a consumer; an empty object when the owner is no channel, or has just gone.
    JsonObject channelDetails(long owner, String node) {
        return find(owner)
                .map(
                        place ->
                                ConnectionJson.peer(place.connection)
                                        .put("connection_name", place.connection.name())
                                        .put(
                                                "name",
                                                ChannelJson.name(place.connection, place.channel))
                                        .put("node", node)
                                        .put("number", place.channel.number())
                                        .put("user", place.connection.user()))
                .orElseGet(JsonObject::object);
    }

    private Optional<Place> find(long owner) {
        return Optional.ofNullable(places.get(owner));
    }

    /// `127.0.0.1` and the like; null when it is not known any more.
    static Json host(InetSocketAddress address) {
        var known = address.getAddress();
        return Json.of(known == null ? address.getHostString() : known.getHostAddress());
    }
}
