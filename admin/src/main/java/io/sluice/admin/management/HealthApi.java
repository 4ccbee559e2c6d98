package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.NodeFacts.Listening;
import java.util.List;
import java.util.Locale;

/// `/api/health/checks/...` and the older checks of the same kind. A check that fails is answered with status 503.
final class HealthApi {
    private final ManagementServices services;

    HealthApi(ManagementServices services) {
        this.services = services;
    }

    List<Resource> resources() {
        Handler alarms = Handler.now(_ -> alarms());
        Handler good = Handler.now(_ -> Answer.ok(status("ok")));
        Handler alone =
                Handler.now(_ -> Answer.ok(status("ok").put("reason", "single node cluster")));
        return List.of(
                Resource.at("health/checks/alarms").get(alarms),
                Resource.at("health/checks/local-alarms").get(alarms),
                Resource.at("health/checks/is-in-service").get(good),
                Resource.at("health/checks/ready-to-serve-clients").get(good),
                Resource.at("health/checks/below-node-connection-limit").get(good),
                Resource.at("health/checks/virtual-hosts").get(good),
                Resource.at("health/checks/metadata-store/initialized").get(good),
                Resource.at("health/checks/metadata-store/initialized/with-data").get(good),
                Resource.at("health/checks/quorum-queues-without-elected-leaders/vhost/{vhost}")
                        .get(good),
                Resource.at("health/checks/node-is-quorum-critical").get(alone),
                Resource.at("health/checks/node-is-mirror-sync-critical").get(alone),
                Resource.at("health/checks/certificate-expiration/{within}/{unit}").get(good),
                Resource.at("health/checks/port-listener/{port}").get(Handler.now(this::port)),
                Resource.at("health/checks/protocol-listener/{protocol}")
                        .get(Handler.now(this::protocol)),
                Resource.at("aliveness-test/{vhost}").get(good),
                Resource.at("healthchecks/node").get(good),
                Resource.at("healthchecks/node/{node}").get(good));
    }

    private Answer alarms() {
        var facts = services.node().facts();
        if (!facts.memoryAlarm() && !facts.diskAlarm()) {
            return Answer.ok(status("ok"));
        }
        var resource = facts.memoryAlarm() ? "memory" : "disk";
        return Answer.failed(
                status("failed")
                        .put("reason", "There are alarms in effect in the cluster")
                        .put(
                                "alarms",
                                List.of(
                                        JsonObject.object()
                                                .put("node", facts.name())
                                                .put("resource", resource))));
    }

    private Answer port(Call call) {
        int port;
        try {
            port = Integer.parseInt(call.variable("port"));
        } catch (NumberFormatException _) {
            return Answer.badRequest("Invalid port");
        }
        var ports =
                listeners().stream().map(found -> found.address().getPort()).distinct().toList();
        return ports.contains(port)
                ? Answer.ok(status("ok").put("port", port))
                : Answer.failed(
                        status("failed")
                                .put("reason", "No active listener")
                                .put("missing", port)
                                .put("ports", ports.stream().map(Json::of).toList()));
    }

    private Answer protocol(Call call) {
        var asked = call.variable("protocol");
        var name = plain(asked);
        var protocols = listeners().stream().map(Listening::protocol).distinct().toList();
        return protocols.contains(name)
                ? Answer.ok(status("ok").put("protocol", asked))
                : Answer.failed(
                        status("failed")
                                .put("reason", "No active listener")
                                .put("missing", asked)
                                .put("protocols", Json.texts(protocols)));
    }

    /// `amqp091` and `AMQP 0-9-1` are `amqp`.
    private static String plain(String protocol) {
        var lower = protocol.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "amqp091", "amqp 0-9-1", "amqp0.9.1" -> "amqp";
            case "management" -> "http";
            default -> lower;
        };
    }

    private List<Listening> listeners() {
        return services.node().facts().listeners();
    }

    private static JsonObject status(String status) {
        return JsonObject.object().put("status", status);
    }
}
