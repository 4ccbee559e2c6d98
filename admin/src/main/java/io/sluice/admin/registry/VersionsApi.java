package io.sluice.admin.registry;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.Registry.Registered;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `/subjects/{subject}/versions`: where serializers register.
final class VersionsApi {
    private static final String VERSION = "subjects/{subject}/versions/{version}";

    private final Registry registry;

    VersionsApi(Registry registry) {
        this.registry = registry;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("subjects/{subject}/versions")
                        .get(Handler.now(new SubjectsApi(registry)::versions))
                        .post(this::register),
                Resource.at(VERSION)
                        .get(Handler.now(call -> Answer.ok(json(registered(call)))))
                        .delete(this::delete),
                Resource.at(VERSION + "/schema")
                        .get(
                                Handler.now(
                                        call ->
                                                Answer.ok(
                                                        Json.of(
                                                                registered(call)
                                                                        .schema()
                                                                        .draft()
                                                                        .text())))),
                Resource.at(VERSION + "/referencedby").get(Handler.now(this::referencedBy)));
    }

    static JsonObject json(Registered registered) {
        return Drafts.put(
                JsonObject.object()
                        .put("subject", registered.subject())
                        .put("version", registered.version().number())
                        .put("id", registered.schema().id()),
                registered.schema());
    }

    private CompletableFuture<Answer> register(Call call) {
        return registry.register(call.variable("subject"), Drafts.draft(call))
                .thenApply(
                        registered ->
                                Answer.ok(JsonObject.object().put("id", registered.schema().id())));
    }

    private Registered registered(Call call) {
        return Finding.registered(
                registry,
                call.variable("subject"),
                call.variable("version"),
                call.query().flag("deleted"));
    }

    private Answer referencedBy(Call call) {
        var registered = registered(call);
        return Answer.ok(
                registry
                        .view()
                        .referringTo(registered.subject(), registered.version().number())
                        .stream()
                        .map(Json::of)
                        .toList());
    }

    private CompletableFuture<Answer> delete(Call call) {
        boolean permanent = call.query().flag("permanent");
        var subject = call.variable("subject");
        var version =
                Finding.version(registry.view(), subject, call.variable("version"), permanent);
        return registry.delete(subject, version.number(), permanent)
                .thenApply(number -> Answer.ok(Json.of(number)));
    }
}
