package io.sluice.admin.registry;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.RegistryError;
import io.sluice.schema.registry.Subject;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `/subjects`, and what is asked of one of them as a whole.
final class SubjectsApi {
    private final Registry registry;

    SubjectsApi(Registry registry) {
        this.registry = registry;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("subjects").get(Handler.now(this::list)),
                Resource.at("subjects/{subject}")
                        .get(Handler.now(this::versions))
                        .post(Handler.now(this::find))
                        .delete(this::delete),
                Resource.at("contexts").get(Handler.now(_ -> Answer.ok(Json.texts(List.of("."))))));
    }

    private Answer list(Call call) {
        var prefix = call.query().text("subjectPrefix").orElse("");
        boolean deletedToo = call.query().flag("deleted");
        return Answer.ok(
                Json.texts(
                        registry.view()
                                .subjects()
                                .filter(subject -> deletedToo || !subject.live().isEmpty())
                                .map(Subject::name)
                                .filter(name -> name.startsWith(prefix))
                                .toList()));
    }

    Answer versions(Call call) {
        boolean deletedToo = call.query().flag("deleted");
        var subject = Finding.subject(registry.view(), call.variable("subject"), deletedToo);
        return Answer.ok(
                (deletedToo ? subject.versions() : subject.live())
                        .stream().map(version -> Json.of(version.number())).toList());
    }

    /// Whether a schema is registered here already.
    private Answer find(Call call) {
        var name = call.variable("subject");
        boolean deletedToo = call.query().flag("deleted");
        var draft = Drafts.draft(call);
        Finding.subject(registry.view(), name, deletedToo);
        return registry.find(name, draft, deletedToo)
                .map(found -> Answer.ok(VersionsApi.json(found)))
                .orElseThrow(() -> Errors.refused(new RegistryError.UnknownSchema()));
    }

    private CompletableFuture<Answer> delete(Call call) {
        return registry.delete(call.variable("subject"), call.query().flag("permanent"))
                .thenApply(versions -> Answer.ok(versions.stream().map(Json::of).toList()));
    }
}
