package io.sluice.admin.registry;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.schema.registry.CompatibilityLevel;
import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.RegistryError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// `/config`: the levels of compatibility.
final class ConfigApi {
    private static final String SUBJECT = "subject";

    private final Registry registry;

    ConfigApi(Registry registry) {
        this.registry = registry;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("config")
                        .get(Handler.now(_ -> level(registry.view().level())))
                        .put(call -> put(call, Optional.empty()))
                        .delete(_ -> delete(Optional.empty(), registry.view().level())),
                Resource.at("config/{subject}")
                        .get(Handler.now(this::show))
                        .put(call -> put(call, Optional.of(call.variable(SUBJECT))))
                        .delete(
                                call ->
                                        delete(
                                                Optional.of(call.variable(SUBJECT)),
                                                own(call.variable(SUBJECT)))));
    }

    private static Answer level(CompatibilityLevel level) {
        return Answer.ok(JsonObject.object().put("compatibilityLevel", level.name()));
    }

    private Answer show(Call call) {
        var subject = call.variable(SUBJECT);
        return level(
                call.query().flag("defaultToGlobal")
                        ? registry.view().level(subject)
                        : own(subject));
    }

    private CompatibilityLevel own(String subject) {
        return registry.view()
                .ownLevel(subject)
                .orElseThrow(() -> Errors.refused(new RegistryError.NoLevel(subject)));
    }

    private CompletableFuture<Answer> put(Call call, Optional<String> subject) {
        var word = Drafts.body(call).text("compatibility").orElse("");
        var level =
                CompatibilityLevel.of(word.toUpperCase(Locale.ROOT))
                        .orElseThrow(() -> Errors.refused(new RegistryError.InvalidLevel(word)));
        return registry.setLevel(subject, Optional.of(level))
                .thenApply(_ -> Answer.ok(JsonObject.object().put("compatibility", level.name())));
    }

    private CompletableFuture<Answer> delete(Optional<String> subject, CompatibilityLevel before) {
        return registry.setLevel(subject, Optional.empty()).thenApply(_ -> level(before));
    }
}
