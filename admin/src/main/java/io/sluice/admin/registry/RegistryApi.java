package io.sluice.admin.registry;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Login;
import io.sluice.admin.http.Request;
import io.sluice.admin.http.Resource;
import io.sluice.admin.http.RoutingTable;
import io.sluice.admin.json.Json;
import io.sluice.broker.Catalog;
import io.sluice.broker.security.User;
import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// The registry's API. Owned by the admin's loop.
///
/// Who asks says so as for the management API; where only this machine can reach the broker, nobody needs to, as serializers are mostly configured with
/// nothing but an address.
public final class RegistryApi {
    public static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final String ROOT = "/";
    private static final Set<String> FIRST_WORDS =
            Set.of("subjects", "schemas", "config", "compatibility", "mode", "contexts");
    private static final User NOBODY = new User("", List.of());

    private final Supplier<Catalog> catalog;
    private final boolean trusting;
    private final RoutingTable table;

    /// @param trusting whether who says nothing about himself may do everything
    public RegistryApi(Registry registry, Supplier<Catalog> catalog, boolean trusting) {
        this.catalog = catalog;
        this.trusting = trusting;
        this.table = new RoutingTable(resources(registry), (_, _) -> Optional.empty());
    }

    /// What is said.
    ///
    /// @param text in [#CONTENT_TYPE]; empty: none
    public record Said(int status, Map<String, String> headers, String text) {}

    /// Whether a path, from its slash on, is one of these.
    public static boolean isFor(String path) {
        int end = path.indexOf('/', 1);
        return path.startsWith(ROOT)
                && FIRST_WORDS.contains(path.substring(1, end < 0 ? path.length() : end));
    }

    /// Whether a request's head says who asks, and rightly so, or need not.
    public boolean isKnown(Request head) {
        return login(head).isEmpty();
    }

    /// To be called on the loop, and completed there; fails only by our own mistakes.
    public CompletableFuture<Said> answer(Request request) {
        var unknown = login(request);
        return (unknown.isPresent() ? unknown.get() : answered(request))
                .thenApply(answer -> said(request, answer));
    }

    private Optional<CompletableFuture<Answer>> login(Request request) {
        if (trusting && request.authorization().isEmpty()) {
            return Optional.empty();
        }
        return switch (Login.of(catalog.get(), request)) {
            case Login.Outcome.Unknown(Answer answer) ->
                    Optional.of(CompletableFuture.completedFuture(answer));
            case Login.Outcome.Known _ -> Optional.empty();
        };
    }

    private CompletableFuture<Answer> answered(Request request) {
        CompletableFuture<Answer> answer;
        try {
            answer = table.answer(request, ROOT, NOBODY);
        } catch (AnsweredException | RegistryException ended) {
            answer = CompletableFuture.failedFuture(ended);
        }
        return answer.exceptionally(RegistryApi::answerOf);
    }

    private static Answer answerOf(Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case AnsweredException ended -> ended.answer();
            case RegistryException refused -> Errors.answer(refused.error());
            case null, default -> throw new CompletionException(cause);
        };
    }

    /// A path that ends with `schema` is answered with the schema's text as it is, which need not be JSON.
    private static Said said(Request request, Answer answer) {
        boolean isText = request.path().endsWith("/schema") && answer.status() == 200;
        var text =
                answer.body()
                        .map(
                                body ->
                                        isText && body instanceof Json.Text(String schema)
                                                ? schema
                                                : body.text());
        return new Said(answer.status(), answer.headers(), text.orElse(""));
    }

    private static List<Resource> resources(Registry registry) {
        var resources = new ArrayList<Resource>();
        resources.addAll(new SubjectsApi(registry).resources());
        resources.addAll(new VersionsApi(registry).resources());
        resources.addAll(new SchemasApi(registry).resources());
        resources.addAll(new ConfigApi(registry).resources());
        resources.addAll(new CompatibilityApi(registry).resources());
        resources.addAll(ModeApi.resources());
        return resources;
    }
}
