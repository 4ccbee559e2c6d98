package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// `/api/definitions`: everything that was declared, as one document, out and in.
final class DefinitionsApi {
    private final ManagementServices services;

    DefinitionsApi(ManagementServices services) {
        this.services = services;
    }

    List<Resource> resources() {
        var export = new DefinitionsExport(services);
        return List.of(
                Resource.at("definitions")
                        .get(Handler.now(_ -> Answer.ok(export.whole())))
                        .post(call -> importAll(call, Optional.empty())),
                Resource.at("definitions/{vhost}")
                        .get(Handler.now(call -> Answer.ok(export.of(call.vhost()))))
                        .post(call -> importAll(call, Optional.of(call.vhost()))));
    }

    private CompletableFuture<Answer> importAll(Call call, Optional<String> vhost) {
        return new DefinitionsImport(services, call.user(), vhost)
                .all(call.body())
                .thenApply(_ -> Answer.noContent());
    }
}
