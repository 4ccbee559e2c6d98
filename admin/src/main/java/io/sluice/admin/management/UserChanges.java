package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.admin.json.Json;
import io.sluice.broker.Catalog;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.security.PasswordHash;
import io.sluice.broker.security.User;
import io.sluice.broker.security.Users;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Users coming and going.
///
/// The default user is there only while none is stored. So the first one that is stored brings it along: whoever works as the default
/// user is not locked out in the middle, and deletes it when it is not wanted any more. The last user cannot be deleted, as that would
/// let the default one in again.
final class UserChanges {
    private final ManagementServices services;
    private final Asks asks;

    UserChanges(ManagementServices services) {
        this.services = services;
        this.asks = services.asks();
    }

    /// True when it is new.
    CompletableFuture<Boolean> put(String name, Body body) {
        if (!body.fields().has("tags")) {
            throw new AnsweredException(Answer.badRequest("tags_not_present"));
        }
        if (name.isEmpty() || name.indexOf('\u0000') >= 0) {
            throw new AnsweredException(Answer.badRequest("invalid user name"));
        }
        var user = new User(name, VhostsApi.tags(body));
        var isNew = Users.find(catalog(), name).isEmpty();
        var algorithm = body.text("hashing_algorithm").orElse(PasswordHash.SHA_256);
        var stored = Users.store(user, hash(body), algorithm);
        return keepDefault(name).thenCompose(_ -> asks.change(stored)).thenApply(_ -> isNew);
    }

    CompletableFuture<?> delete(List<String> names) {
        var left = Users.all(catalog()).stream().filter(user -> !names.contains(user.name()));
        if (left.findAny().isEmpty()) {
            throw new AnsweredException(Answer.badRequest("the last user cannot be deleted"));
        }
        return asks.each(names, this::delete);
    }

    private CompletableFuture<?> delete(String name) {
        var permissions =
                Permissions.all(catalog()).stream().filter(p -> p.user().equals(name)).toList();
        var topics =
                TopicPermissions.all(catalog()).stream()
                        .filter(p -> p.user().equals(name))
                        .toList();
        return asks.each(permissions, p -> asks.change(Permissions.remove(name, p.vhost())))
                .thenCompose(_ -> asks.each(topics, p -> asks.change(TopicPermissions.remove(p))))
                .thenCompose(_ -> asks.change(Users.remove(name)));
    }

    /// Stores the default user beside the first other one.
    private CompletableFuture<?> keepDefault(String coming) {
        var user = DefaultUser.of(catalog()).filter(it -> !it.name().equals(coming));
        if (user.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        var name = user.get().name();
        return asks.change(
                        Users.store(
                                user.get(),
                                DefaultUser.passwordHash(catalog(), user.get()),
                                PasswordHash.SHA_256))
                .thenCompose(_ -> asks.change(Permissions.storeAll(name, Queue.DEFAULT_NAMESPACE)));
    }

    private String hash(Body body) {
        var given = body.text("password_hash");
        if (given.isPresent()) {
            return checked(given.get());
        }
        return body.text("password").map(this::hash).orElse("");
    }

    private String hash(String password) {
        var salt = new byte[PasswordHash.SALT_BYTES];
        services.random().nextBytes(salt);
        return PasswordHash.of(password.getBytes(StandardCharsets.UTF_8), salt);
    }

    private static String checked(String hash) {
        try {
            var _ = Base64.getDecoder().decode(hash);
            return hash;
        } catch (IllegalArgumentException notBase64) {
            throw new AnsweredException(Answer.badRequest(Json.texts(List.of("not_base64", hash))));
        }
    }

    private Catalog catalog() {
        return services.broker().catalog();
    }
}
