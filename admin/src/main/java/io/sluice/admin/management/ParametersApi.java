package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.Catalog;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `/api/global-parameters`, `/api/cluster-name`, and what is like parameters but never there: those of components, which are plugins,
/// and limits.
final class ParametersApi {
    private final ManagementServices services;
    private final Asks asks;

    ParametersApi(ManagementServices services) {
        this.services = services;
        this.asks = services.asks();
    }

    List<Resource> resources() {
        Handler nothing = Handler.now(_ -> Answer.ok(List.of()));
        Handler missing = Handler.now(_ -> Answer.notFound());
        Handler limits = Handler.now(_ -> Answer.badRequest("limits are not supported"));
        return List.of(
                Resource.at("cluster-name")
                        .get(Handler.now(_ -> clusterName()))
                        .put(this::nameCluster),
                Resource.at("global-parameters")
                        .get(Handler.now(_ -> Answer.ok(globals(services.broker().catalog())))),
                Resource.at("global-parameters/{name}")
                        .get(Handler.now(this::global))
                        .put(this::putGlobal)
                        .delete(this::deleteGlobal),
                Resource.at("parameters").get(nothing),
                Resource.at("parameters/{component}").get(nothing),
                Resource.at("parameters/{component}/{vhost}").get(nothing),
                Resource.at("parameters/{component}/{vhost}/{name}")
                        .get(missing)
                        .put(Handler.now(ParametersApi::unknownComponent))
                        .delete(missing),
                Resource.at("vhost-limits").get(nothing),
                Resource.at("vhost-limits/{vhost}").get(nothing),
                Resource.at("vhost-limits/{vhost}/{name}").put(limits).delete(missing),
                Resource.at("user-limits").get(nothing),
                Resource.at("user-limits/{user}").get(nothing),
                Resource.at("user-limits/{user}/{name}").put(limits).delete(missing));
    }

    static List<JsonObject> globals(Catalog catalog) {
        return catalog.configured(GlobalParameters.KIND).stream()
                .map(
                        name ->
                                json(
                                        name,
                                        GlobalParameters.find(catalog, name)
                                                .orElse(Json.nothing())))
                .toList();
    }

    private static JsonObject json(String name, Json value) {
        return JsonObject.object().put("name", name).put("value", value);
    }

    private Answer clusterName() {
        return Answer.ok(JsonObject.object().put("name", new ClusterName(services).text()));
    }

    private CompletableFuture<Answer> nameCluster(Call call) {
        return store(ClusterName.PARAMETER, Json.of(call.body().required("name")))
                .thenApply(_ -> Answer.noContent());
    }

    private Answer global(Call call) {
        var name = call.variable("name");
        return GlobalParameters.find(services.broker().catalog(), name)
                .map(value -> Answer.ok(json(name, value)))
                .orElseGet(Answer::notFound);
    }

    private CompletableFuture<Answer> putGlobal(Call call) {
        return store(call.variable("name"), call.body().requiredValue("value"))
                .thenApply(Answer::put);
    }

    /// True when it is new.
    CompletableFuture<Boolean> store(String name, Json value) {
        var isNew = GlobalParameters.find(services.broker().catalog(), name).isEmpty();
        return asks.change(GlobalParameters.store(name, value)).thenApply(_ -> isNew);
    }

    private CompletableFuture<Answer> deleteGlobal(Call call) {
        var name = call.variable("name");
        if (GlobalParameters.find(services.broker().catalog(), name).isEmpty()) {
            return CompletableFuture.completedFuture(Answer.notFound());
        }
        return asks.change(GlobalParameters.remove(name)).thenApply(_ -> Answer.noContent());
    }

    private static Answer unknownComponent(Call call) {
        return Answer.badRequest(
                "Validation failed\n\ncomponent " + call.variable("component") + " not found\n");
    }
}
