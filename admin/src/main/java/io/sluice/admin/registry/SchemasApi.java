package io.sluice.admin.registry;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.Registry.Registered;
import io.sluice.schema.registry.RegistryError;
import io.sluice.schema.registry.StoredSchema;
import java.util.ArrayList;
import java.util.List;

/// `/schemas`: by their numbers, where deserializers look them up.
final class SchemasApi {
    private static final String ID = "schemas/ids/{id}";

    private final Registry registry;

    SchemasApi(Registry registry) {
        this.registry = registry;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("schemas").get(Handler.now(this::list)),
                Resource.at("schemas/types")
                        .get(
                                Handler.now(
                                        _ ->
                                                Answer.ok(
                                                        Json.texts(
                                                                List.of(
                                                                        "JSON",
                                                                        "PROTOBUF",
                                                                        "AVRO"))))),
                Resource.at(ID)
                        .get(
                                Handler.now(
                                        call ->
                                                Answer.ok(
                                                        Drafts.put(
                                                                JsonObject.object(),
                                                                schema(call))))),
                Resource.at(ID + "/schema")
                        .get(Handler.now(call -> Answer.ok(Json.of(schema(call).draft().text())))),
                Resource.at(ID + "/versions").get(Handler.now(this::versions)),
                Resource.at(ID + "/subjects").get(Handler.now(this::subjects)));
    }

    private Answer list(Call call) {
        var prefix = call.query().text("subjectPrefix").orElse("");
        boolean latestOnly = call.query().flag("latestOnly");
        var view = registry.view();
        var all = new ArrayList<Json>();
        view.subjects()
                .filter(subject -> subject.name().startsWith(prefix))
                .forEach(
                        subject ->
                                (latestOnly ? subject.latest().stream().toList() : subject.live())
                                        .forEach(
                                                version ->
                                                        view.schema(version.schema())
                                                                .map(
                                                                        schema ->
                                                                                new Registered(
                                                                                        subject
                                                                                                .name(),
                                                                                        version,
                                                                                        schema))
                                                                .map(VersionsApi::json)
                                                                .ifPresent(all::add)));
        return Answer.ok(all);
    }

    private StoredSchema schema(Call call) {
        try {
            return registry.view()
                    .schema(Integer.parseInt(call.variable("id")))
                    .orElseThrow(() -> Errors.refused(new RegistryError.UnknownSchema()));
        } catch (NumberFormatException _) {
            throw Errors.refused(new RegistryError.UnknownSchema());
        }
    }

    private Answer versions(Call call) {
        int id = schema(call).id();
        var found = new ArrayList<Json>();
        registry.view()
                .subjects()
                .forEach(
                        subject ->
                                subject.live().stream()
                                        .filter(version -> version.schema() == id)
                                        .forEach(
                                                version ->
                                                        found.add(
                                                                JsonObject.object()
                                                                        .put(
                                                                                "subject",
                                                                                subject.name())
                                                                        .put(
                                                                                "version",
                                                                                version
                                                                                        .number()))));
        return Answer.ok(found);
    }

    private Answer subjects(Call call) {
        int id = schema(call).id();
        return Answer.ok(
                Json.texts(
                        registry.view()
                                .subjects()
                                .filter(subject -> subject.has(id))
                                .map(subject -> subject.name())
                                .toList()));
    }
}
