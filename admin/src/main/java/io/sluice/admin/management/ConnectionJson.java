package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.client.ClientConnection;
import java.util.Map;

/// Connections as this API shows them.
final class ConnectionJson {
    private static final String CONNECTION_NAME = "connection_name";

    private ConnectionJson() {}

    /// @param rates of bytes received and bytes sent
    static JsonObject json(ClientConnection connection, String node, double[] rates) {
        var properties = properties(connection.clientProperties());
        return peer(connection)
                .put("auth_mechanism", "PLAIN")
                .put("channel_max", connection.channelMax())
                .put("channels", connection.channels().size())
                .put("client_properties", properties)
                .put("connected_at", connection.connectedMillis())
                .put("frame_max", connection.frameBytesMax())
                .put("host", Owners.host(connection.local()))
                .put("name", connection.name())
                .put("node", node)
                .put("peer_cert_issuer", Json.nothing())
                .put("peer_cert_subject", Json.nothing())
                .put("peer_cert_validity", Json.nothing())
                .put("port", connection.local().getPort())
                .put("protocol", connection.protocol())
                .putAll(
                        new Stats()
                                .add("recv_oct", connection.bytesReceived(), rates[0])
                                .add("send_oct", connection.bytesSent(), rates[1])
                                .json())
                .put("recv_cnt", 0)
                .put("send_cnt", 0)
                .put("send_pend", 0)
                .put("ssl", false)
                .put("ssl_cipher", Json.nothing())
                .put("ssl_hash", Json.nothing())
                .put("ssl_key_exchange", Json.nothing())
                .put("ssl_protocol", Json.nothing())
                .put("state", connection.state())
                .put("timeout", connection.heartbeatSeconds())
                .put("type", "network")
                .put("user", connection.user())
                .put(
                        "user_provided_name",
                        properties.find(CONNECTION_NAME) instanceof Json.Text name
                                ? name
                                : Json.nothing())
                .put("user_who_performed_action", connection.user())
                .put("vhost", connection.namespace());
    }

    /// The other side's address.
    static JsonObject peer(ClientConnection connection) {
        return JsonObject.object()
                .put("peer_host", Owners.host(connection.peer()))
                .put("peer_port", connection.peer().getPort());
    }

    private static JsonObject properties(Map<String, String> texts) {
        var properties = JsonObject.object();
        texts.forEach((name, text) -> properties.put(name, Arguments.value(text)));
        return properties;
    }
}
