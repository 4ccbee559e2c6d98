package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.NodeFacts.Listening;
import java.util.List;

/// The node as this API shows it.
final class NodeJson {
    private NodeJson() {}

    /// @param connections how many are open
    static JsonObject json(NodeFacts facts, int connections) {
        return JsonObject.object()
                .put("name", facts.name())
                .put("type", "disc")
                .put("running", true)
                .put("being_drained", false)
                .put("partitions", Json.Array.EMPTY)
                .put("os_pid", Long.toString(facts.pid()))
                .put("uptime", facts.uptimeMillis())
                .put("processors", facts.processors())
                .put("run_queue", 0)
                .put("rates_mode", "basic")
                .put("mem_used", facts.memoryBytes())
                .put("mem_limit", facts.memoryBytesMax())
                .put("mem_alarm", facts.memoryAlarm())
                .put("mem_calculation_strategy", "rss")
                .put("disk_free", facts.diskFreeBytes())
                .put("disk_free_limit", facts.diskFreeBytesMin())
                .put("disk_free_alarm", facts.diskAlarm())
                .put("fd_used", facts.filesOpen())
                .put("fd_total", facts.filesMax())
                .put("sockets_used", connections)
                .put("sockets_total", facts.filesMax())
                .put("proc_used", 0)
                .put("proc_total", 0)
                .put("net_ticktime", 0)
                .put("db_dir", facts.dataDirectory())
                .put("config_files", Json.Array.EMPTY)
                .put("log_files", Json.Array.EMPTY)
                .put("enabled_plugins", Json.texts(List.of("rabbitmq_management")))
                .put("applications", applications(facts))
                .put("auth_mechanisms", authMechanisms())
                .put("exchange_types", OverviewApi.exchangeTypes())
                .put("contexts", contexts(facts))
                .put("cluster_links", Json.Array.EMPTY);
    }

    static List<JsonObject> listeners(NodeFacts facts) {
        return facts.listeners().stream()
                .map(
                        listening ->
                                JsonObject.object()
                                        .put("node", facts.name())
                                        .put("protocol", listening.protocol())
                                        .put("ip_address", Owners.host(listening.address()))
                                        .put("port", listening.address().getPort())
                                        .put("socket_opts", JsonObject.object()))
                .toList();
    }

    static List<JsonObject> contexts(NodeFacts facts) {
        return facts.listeners().stream()
                .filter(listening -> listening.protocol().equals("http"))
                .map(listening -> context(facts, listening))
                .toList();
    }

    private static JsonObject context(NodeFacts facts, Listening listening) {
        return JsonObject.object()
                .put("node", facts.name())
                .put("description", "RabbitMQ Management")
                .put("path", "/")
                .put("ip", Owners.host(listening.address()))
                .put("port", Integer.toString(listening.address().getPort()));
    }

    private static List<JsonObject> applications(NodeFacts facts) {
        return List.of(
                JsonObject.object()
                        .put("name", "rabbit")
                        .put("description", "RabbitMQ")
                        .put("version", facts.compatibleVersion()),
                JsonObject.object()
                        .put("name", "sluice")
                        .put("description", "Sluice")
                        .put("version", facts.version()));
    }

    private static List<JsonObject> authMechanisms() {
        return List.of(
                JsonObject.object()
                        .put("name", "PLAIN")
                        .put("description", "SASL PLAIN authentication mechanism")
                        .put("enabled", true),
                JsonObject.object()
                        .put("name", "AMQPLAIN")
                        .put("description", "AMQPLAIN mechanism")
                        .put("enabled", true));
    }
}
