package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/// `/api/sluice/access-keys`: by which SQS clients sign. A secret is told once, to whoever had it made, and never again.
final class AccessKeysApi {
    private static final int CREATED = 201;

    /// Forty characters, as many as Amazon's have.
    private static final int SECRET_BYTES = 30;

    private static final Pattern ID = Pattern.compile("\\w{1,128}");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    private final ManagementServices services;

    AccessKeysApi(ManagementServices services) {
        this.services = services;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("sluice/access-keys").get(Handler.now(_ -> list())),
                Resource.at("sluice/access-keys/{id}")
                        .get(Handler.now(this::show))
                        .put(this::put)
                        .delete(this::delete));
    }

    private Answer list() {
        return Answer.ok(catalog().configured(kind()).stream().map(this::json).toList());
    }

    private Answer show(Call call) {
        return isKnown(id(call)) ? Answer.ok(json(id(call))) : Answer.notFound();
    }

    /// A new key without a secret gets one made; of one that is there only what is sent changes.
    private CompletableFuture<Answer> put(Call call) {
        var id = id(call);
        if (!ID.matcher(id).matches()) {
            throw badRequest("an access key is 1 to 128 letters, digits and underscores");
        }
        var isNew = !isKnown(id);
        var given = call.body().text("secret").filter(secret -> !secret.isEmpty());
        var config = new HashMap<>(catalog().settings(kind(), id));
        given.ifPresent(secret -> config.put("secret", secret));
        config.computeIfAbsent("secret", _ -> newSecret());
        account(call).ifPresent(account -> config.put("account", account));
        return services.asks()
                .change(new CatalogChange.Configure(kind(), id, config))
                .thenApply(_ -> isNew ? created(id, config, given.isPresent()) : Answer.put(false));
    }

    private Answer created(String id, Map<String, String> config, boolean known) {
        var json = json(id);
        if (!known) {
            json.put("secret", config.getOrDefault("secret", ""));
        }
        return new Answer(CREATED, Map.of(), Optional.of(json));
    }

    private CompletableFuture<Answer> delete(Call call) {
        return isKnown(id(call))
                ? services.asks()
                        .change(new CatalogChange.Configure(kind(), id(call), Map.of()))
                        .thenApply(_ -> Answer.noContent())
                : CompletableFuture.completedFuture(Answer.notFound());
    }

    private JsonObject json(String id) {
        var account =
                catalog()
                        .settings(kind(), id)
                        .getOrDefault("account", services.sqs().defaultAccount());
        return JsonObject.object().put("access_key", id).put("account", account);
    }

    private static Optional<String> account(Call call) {
        var account = call.body().text("account");
        if (account.isPresent() && !ACCOUNT.matcher(account.get()).matches()) {
            throw badRequest("an account is twelve digits");
        }
        return account;
    }

    private String newSecret() {
        var bytes = new byte[SECRET_BYTES];
        services.random().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String id(Call call) {
        return call.variable("id");
    }

    private boolean isKnown(String id) {
        return !catalog().settings(kind(), id).isEmpty();
    }

    private String kind() {
        return services.sqs().accessKeyKind();
    }

    private Catalog catalog() {
        return services.broker().catalog();
    }

    private static AnsweredException badRequest(String reason) {
        return new AnsweredException(Answer.badRequest(reason));
    }
}
