package io.sluice.admin.management;

import io.sluice.admin.json.JsonObject;
import io.sluice.broker.client.ClientConnection;
import io.sluice.broker.client.ClientConnection.Channel;

/// Channels as this API shows them.
final class ChannelJson {
    private ChannelJson() {}

    /// As RabbitMQ names them: `127.0.0.1:53210 -> 127.0.0.1:5672 (1)`.
    static String name(ClientConnection connection, Channel channel) {
        return connection.name() + " (" + channel.number() + ")";
    }

    /// @param rates of what was published, delivered and settled
    static JsonObject json(
            ClientConnection connection, Channel channel, String node, double[] rates) {
        return JsonObject.object()
                .put("acks_uncommitted", 0)
                .put("confirm", channel.confirms())
                .put(
                        "connection_details",
                        ConnectionJson.peer(connection).put("name", connection.name()))
                .put("consumer_count", channel.consumers())
                .put("global_prefetch_count", channel.prefetchGlobal())
                .put("message_stats", messageStats(channel, rates))
                .put("messages_unacknowledged", channel.unsettled())
                .put("messages_uncommitted", 0)
                .put("messages_unconfirmed", channel.unconfirmed())
                .put("name", name(connection, channel))
                .put("node", node)
                .put("number", channel.number())
                .put("pending_raft_commands", 0)
                .put("prefetch_count", channel.prefetch())
                .put("state", "running")
                .put("transactional", channel.transactional())
                .put("user", connection.user())
                .put("user_who_performed_action", connection.user())
                .put("vhost", connection.namespace());
    }

    private static JsonObject messageStats(Channel channel, double[] rates) {
        return new Stats()
                .add("publish", channel.published(), rates[0])
                .add("deliver", channel.delivered(), rates[1])
                .add("deliver_get", channel.delivered(), rates[1])
                .add("ack", channel.settled(), rates[2])
                .json();
    }
}
