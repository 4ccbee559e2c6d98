package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.Permissions.Permission;
import io.sluice.admin.management.TopicPermissions.TopicPermission;
import io.sluice.broker.Catalog;
import io.sluice.broker.security.Users;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// `/api/permissions` and `/api/topic-permissions`. They are kept and shown, and not yet asked for.
final class PermissionsApi {
    private final ManagementServices services;
    private final Asks asks;

    PermissionsApi(ManagementServices services) {
        this.services = services;
        this.asks = services.asks();
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("permissions").get(Handler.now(_ -> list(_ -> true))),
                Resource.at("permissions/{where}/{user}")
                        .get(Handler.now(this::show))
                        .put(this::put)
                        .delete(this::delete),
                Resource.at("users/{user}/permissions").get(Handler.now(this::ofUser)),
                Resource.at("vhosts/{vhost}/permissions")
                        .get(Handler.now(call -> list(p -> p.vhost().equals(call.vhost())))),
                Resource.at("topic-permissions").get(Handler.now(_ -> listTopic(_ -> true))),
                Resource.at("topic-permissions/{where}/{user}")
                        .get(Handler.now(this::showTopic))
                        .put(this::putTopic)
                        .delete(this::deleteTopic),
                Resource.at("users/{user}/topic-permissions").get(Handler.now(this::topicOfUser)),
                Resource.at("vhosts/{vhost}/topic-permissions")
                        .get(Handler.now(call -> listTopic(p -> p.vhost().equals(call.vhost())))));
    }

    static JsonObject json(Permission permission) {
        return JsonObject.object()
                .put("user", permission.user())
                .put("vhost", permission.vhost())
                .put("configure", permission.configure())
                .put("write", permission.write())
                .put("read", permission.read());
    }

    static JsonObject json(TopicPermission permission) {
        return JsonObject.object()
                .put("user", permission.user())
                .put("vhost", permission.vhost())
                .put("exchange", permission.exchange())
                .put("write", permission.write())
                .put("read", permission.read());
    }

    /// Stores what somebody sent. True when it is new.
    CompletableFuture<Boolean> store(String user, String vhost, Body body) {
        demandUserAndVhost(user, vhost);
        var permission =
                new Permission(
                        user,
                        vhost,
                        pattern(body, "configure"),
                        pattern(body, "write"),
                        pattern(body, "read"));
        var isNew = Permissions.find(catalog(), user, vhost).isEmpty();
        return asks.change(Permissions.store(permission)).thenApply(_ -> isNew);
    }

    /// Stores what somebody sent. True when it is new.
    CompletableFuture<Boolean> storeTopic(String user, String vhost, Body body) {
        demandUserAndVhost(user, vhost);
        var permission =
                new TopicPermission(
                        user,
                        vhost,
                        body.required("exchange"),
                        pattern(body, "write"),
                        pattern(body, "read"));
        var isNew =
                topic(user, vhost).stream()
                        .noneMatch(known -> known.exchange().equals(permission.exchange()));
        return asks.change(TopicPermissions.store(permission)).thenApply(_ -> isNew);
    }

    private Answer list(Predicate<Permission> which) {
        return Answer.ok(
                Permissions.all(catalog()).stream()
                        .filter(which)
                        .map(PermissionsApi::json)
                        .toList());
    }

    private Answer show(Call call) {
        return Permissions.find(catalog(), call.variable("user"), call.variable("where"))
                .map(found -> Answer.ok(json(found)))
                .orElseGet(Answer::notFound);
    }

    private CompletableFuture<Answer> put(Call call) {
        return store(call.variable("user"), call.variable("where"), call.body())
                .thenApply(Answer::put);
    }

    private CompletableFuture<Answer> delete(Call call) {
        var user = call.variable("user");
        if (Permissions.find(catalog(), user, call.variable("where")).isEmpty()) {
            return CompletableFuture.completedFuture(Answer.notFound());
        }
        return asks.change(Permissions.remove(user, call.variable("where")))
                .thenApply(_ -> Answer.noContent());
    }

    private Answer ofUser(Call call) {
        var user = call.variable("user");
        return Users.find(catalog(), user).isPresent()
                ? list(permission -> permission.user().equals(user))
                : Answer.notFound();
    }

    private Answer listTopic(Predicate<TopicPermission> which) {
        return Answer.ok(
                TopicPermissions.all(catalog()).stream()
                        .filter(which)
                        .map(PermissionsApi::json)
                        .toList());
    }

    private Answer showTopic(Call call) {
        var found = topic(call.variable("user"), call.variable("where"));
        return found.isEmpty()
                ? Answer.notFound()
                : Answer.ok(found.stream().map(PermissionsApi::json).toList());
    }

    private CompletableFuture<Answer> putTopic(Call call) {
        return storeTopic(call.variable("user"), call.variable("where"), call.body())
                .thenApply(Answer::put);
    }

    private CompletableFuture<Answer> deleteTopic(Call call) {
        var found = topic(call.variable("user"), call.variable("where"));
        return found.isEmpty()
                ? CompletableFuture.completedFuture(Answer.notFound())
                : asks.each(found, permission -> asks.change(TopicPermissions.remove(permission)))
                        .thenApply(_ -> Answer.noContent());
    }

    private Answer topicOfUser(Call call) {
        var user = call.variable("user");
        return Users.find(catalog(), user).isPresent()
                ? listTopic(permission -> permission.user().equals(user))
                : Answer.notFound();
    }

    private List<TopicPermission> topic(String user, String vhost) {
        return TopicPermissions.all(catalog()).stream()
                .filter(known -> known.user().equals(user) && known.vhost().equals(vhost))
                .toList();
    }

    private void demandUserAndVhost(String user, String vhost) {
        if (Users.find(catalog(), user).isEmpty() || !catalog().namespaces().contains(vhost)) {
            throw new AnsweredException(Answer.badRequest("vhost_or_user_not_found"));
        }
    }

    private static String pattern(Body body, String name) {
        var pattern = body.required(name);
        try {
            var _ = Pattern.compile(pattern);
            return pattern;
        } catch (PatternSyntaxException wrong) {
            throw new AnsweredException(
                    Answer.badRequest(
                            "invalid_regexp: " + pattern + ": " + wrong.getDescription()));
        }
    }

    private Catalog catalog() {
        return services.broker().catalog();
    }
}
