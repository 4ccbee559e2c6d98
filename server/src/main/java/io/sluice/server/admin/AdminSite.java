package io.sluice.server.admin;

import io.sluice.admin.Loop;
import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Request;
import io.sluice.admin.management.Management;
import io.sluice.admin.registry.RegistryApi;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All that the admin port answers: pages about the process itself, the management API, and the schema registry. Owned by the admin's loop.
///
/// An API comes to life with the first request for it, so that a start does not wait for it and a broker that nobody manages does not
/// carry it.
final class AdminSite {
    private static final String JSON = "application/json";
    private static final String SHORT = "/_sluice/";
    private static final String LONG = Management.ROOT + "sluice/";

    private final AdminRoutes routes;
    private final Function<Loop, Management> api;
    private final Function<Loop, RegistryApi> registryApi;
    private final Loop loop;
    private final Scrape scrape;
    private @Nullable Management management;
    private @Nullable RegistryApi registry;

    AdminSite(
            AdminRoutes routes,
            Function<Loop, Management> api,
            Function<Loop, RegistryApi> registryApi,
            Function<Loop, Scrape> scrape,
            Loop loop) {
        this.routes = routes;
        this.api = api;
        this.registryApi = registryApi;
        this.loop = loop;
        this.scrape = scrape.apply(loop);
    }

    /// Completed on the loop.
    CompletableFuture<Page> answer(Request asked) {
        var request = shortened(asked);
        if (RegistryApi.isFor(request.path())) {
            return registry().answer(request).thenApply(AdminSite::page);
        }
        if (isForApi(request)) {
            return management().answer(request).thenApply(AdminSite::page);
        }
        var prepared =
                request.path().equals(AdminRoutes.METRICS)
                        ? scrape.prepare()
                        : CompletableFuture.completedFuture(null);
        return prepared.thenApply(_ -> routes.answer(request.method(), request.path()));
    }

    /// Whether a request comes from somebody who may send much.
    ///
    /// @param head a request whose body has not come yet
    boolean isKnown(Request head) {
        return RegistryApi.isFor(head.path())
                ? registry().isKnown(head)
                : isForApi(shortened(head)) && management().isKnown(head);
    }

    /// What is below [#SHORT] is what is below `/api/sluice/`.
    private static Request shortened(Request request) {
        return request.target().startsWith(SHORT)
                ? new Request(
                        request.method(),
                        LONG + request.target().substring(SHORT.length()),
                        request.authorization(),
                        request.reason(),
                        request.body(),
                        request.peer())
                : request;
    }

    private static boolean isForApi(Request request) {
        return request.path().startsWith(Management.ROOT)
                && !request.path().equals(AdminRoutes.CONTRACT);
    }

    private Management management() {
        if (management == null) {
            management = api.apply(loop);
        }
        return management;
    }

    private RegistryApi registry() {
        if (registry == null) {
            registry = registryApi.apply(loop);
        }
        return registry;
    }

    private static Page page(RegistryApi.Said said) {
        return new Page(said.status(), said.headers(), RegistryApi.CONTENT_TYPE, said.text());
    }

    private static Page page(Answer answer) {
        return answer.body()
                .map(body -> new Page(answer.status(), answer.headers(), JSON, body.text()))
                .orElseGet(() -> new Page(answer.status(), answer.headers(), "", ""));
    }
}
