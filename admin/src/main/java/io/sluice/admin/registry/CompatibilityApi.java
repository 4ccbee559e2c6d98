package io.sluice.admin.registry;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.schema.registry.Registry;
import java.util.List;

/// `/compatibility`: what registering would say.
final class CompatibilityApi {
    private final Registry registry;

    CompatibilityApi(Registry registry) {
        this.registry = registry;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("compatibility/subjects/{subject}/versions")
                        .post(Handler.now(this::all)),
                Resource.at("compatibility/subjects/{subject}/versions/{version}")
                        .post(Handler.now(this::one)));
    }

    private Answer all(Call call) {
        return answer(call, registry.incompatible(call.variable("subject"), Drafts.draft(call)));
    }

    private Answer one(Call call) {
        var subject = call.variable("subject");
        var draft = Drafts.draft(call);
        var version = Finding.version(registry.view(), subject, call.variable("version"), false);
        return answer(call, registry.incompatible(subject, version, draft));
    }

    private static Answer answer(Call call, List<String> reasons) {
        var json = JsonObject.object().put("is_compatible", reasons.isEmpty());
        if (call.query().flag("verbose")) {
            json.put("messages", Json.texts(reasons));
        }
        return Answer.ok(json);
    }
}
