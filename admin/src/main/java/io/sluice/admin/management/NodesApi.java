package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.List;

/// `/api/nodes`: this process.
final class NodesApi {
    private final ManagementServices services;

    NodesApi(ManagementServices services) {
        this.services = services;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("nodes").get(Handler.now(_ -> Answer.ok(List.of(json())))),
                Resource.at("nodes/{node}").get(Handler.now(call -> here(call, json()))),
                Resource.at("nodes/{node}/memory").get(Handler.now(call -> here(call, memory()))));
    }

    private Answer here(Call call, Json json) {
        return call.variable("node").equals(services.node().name())
                ? Answer.ok(json)
                : Answer.notFound();
    }

    private JsonObject json() {
        return NodeJson.json(services.node().facts(), services.connections().all().size());
    }

    private JsonObject memory() {
        var bytes = services.node().facts().memoryBytes();
        return JsonObject.object()
                .put(
                        "memory",
                        JsonObject.object()
                                .put("strategy", "rss")
                                .put(
                                        "total",
                                        JsonObject.object()
                                                .put("allocated", bytes)
                                                .put("erlang", bytes)
                                                .put("rss", bytes)));
    }
}
