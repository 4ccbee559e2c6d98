package io.sluice.admin.registry;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.schema.registry.RegistryError;
import java.util.List;

/// `/mode`: there is one, reading and writing.
final class ModeApi {
    private static final String MODE = "READWRITE";

    private ModeApi() {}

    static List<Resource> resources() {
        return List.of(mode("mode"), mode("mode/{subject}"));
    }

    private static Resource mode(String path) {
        return Resource.at(path).get(Handler.now(_ -> answer())).put(Handler.now(ModeApi::put));
    }

    private static Answer put(Call call) {
        var wanted = Drafts.body(call).text("mode").orElse("");
        if (!wanted.equals(MODE)) {
            throw Errors.refused(new RegistryError.InvalidMode(wanted));
        }
        return answer();
    }

    private static Answer answer() {
        return Answer.ok(JsonObject.object().put("mode", MODE));
    }
}
