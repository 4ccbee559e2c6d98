package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Listing;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.Catalog;
import io.sluice.broker.security.PasswordHash;
import io.sluice.broker.security.User;
import io.sluice.broker.security.Users;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `/api/users`.
final class UsersApi {
    private final ManagementServices services;
    private final UserChanges changes;

    UsersApi(ManagementServices services) {
        this.services = services;
        this.changes = new UserChanges(services);
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("users").get(Handler.now(this::list)),
                Resource.at("users/without-permissions")
                        .get(Handler.now(_ -> withoutPermissions())),
                Resource.at("users/bulk-delete").post(this::bulkDelete),
                Resource.at("users/{name}")
                        .get(Handler.now(this::show))
                        .put(this::put)
                        .delete(this::delete));
    }

    static JsonObject json(Catalog catalog, User user) {
        var stored = catalog.settings(Users.KIND, user.name());
        return JsonObject.object()
                .put("name", user.name())
                .put(
                        "password_hash",
                        stored.isEmpty()
                                ? DefaultUser.passwordHash(catalog, user)
                                : stored.getOrDefault(Users.PASSWORD_HASH, ""))
                .put(
                        "hashing_algorithm",
                        stored.getOrDefault(Users.HASHING_ALGORITHM, PasswordHash.SHA_256))
                .put("tags", Json.texts(user.tags()))
                .put("limits", JsonObject.object());
    }

    private Answer list(Call call) {
        return Listing.of(
                call.query(),
                Users.all(catalog()).stream().map(user -> json(catalog(), user)).toList());
    }

    private Answer withoutPermissions() {
        var having = Permissions.all(catalog()).stream().map(p -> p.user()).toList();
        return Answer.ok(
                Users.all(catalog()).stream()
                        .filter(user -> !having.contains(user.name()))
                        .map(user -> json(catalog(), user))
                        .toList());
    }

    private Answer show(Call call) {
        return Users.find(catalog(), call.variable("name"))
                .map(user -> Answer.ok(json(catalog(), user)))
                .orElseGet(Answer::notFound);
    }

    private CompletableFuture<Answer> put(Call call) {
        return changes.put(call.variable("name"), call.body()).thenApply(Answer::put);
    }

    private CompletableFuture<Answer> delete(Call call) {
        var name = call.variable("name");
        return Users.find(catalog(), name).isEmpty()
                ? CompletableFuture.completedFuture(Answer.notFound())
                : changes.delete(List.of(name)).thenApply(_ -> Answer.noContent());
    }

    private CompletableFuture<Answer> bulkDelete(Call call) {
        if (!(call.body().requiredValue("users") instanceof Json.Array(List<Json> items))) {
            throw new AnsweredException(Answer.badRequest("not_list"));
        }
        var names =
                items.stream()
                        .map(item -> item instanceof Json.Text(String name) ? name : item.text())
                        .toList();
        for (var name : names) {
            if (Users.find(catalog(), name).isEmpty()) {
                throw new AnsweredException(
                        Answer.badRequest(Json.texts(List.of("no_such_user", name))));
            }
        }
        return changes.delete(names).thenApply(_ -> Answer.noContent());
    }

    private Catalog catalog() {
        return services.broker().catalog();
    }
}
