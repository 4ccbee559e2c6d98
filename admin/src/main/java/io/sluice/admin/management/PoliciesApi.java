package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Body;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.Catalog;
import io.sluice.broker.Policy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// `/api/policies`. Operator policies there are none.
public final class PoliciesApi {
    private final ManagementServices services;

    public PoliciesApi(ManagementServices services) {
        this.services = services;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("policies").get(Handler.now(_ -> list(_ -> true))),
                Resource.at("policies/{vhost}")
                        .get(Handler.now(call -> list(p -> p.namespace().equals(call.vhost())))),
                Resource.at("policies/{vhost}/{name}")
                        .get(Handler.now(this::show))
                        .put(this::put)
                        .delete(this::delete),
                Resource.at("operator-policies").get(Handler.now(_ -> Answer.ok(List.of()))),
                Resource.at("operator-policies/{vhost}")
                        .get(Handler.now(_ -> Answer.ok(List.of()))),
                Resource.at("operator-policies/{vhost}/{name}")
                        .get(Handler.now(_ -> Answer.notFound()))
                        .put(
                                Handler.now(
                                        _ ->
                                                Answer.badRequest(
                                                        "operator policies are not supported")))
                        .delete(Handler.now(_ -> Answer.notFound())));
    }

    /// All of it, so that it can be put again: who asks for definitions gets the secrets too.
    static JsonObject json(Policy policy) {
        return JsonObject.object()
                .put("vhost", policy.namespace())
                .put("name", policy.name())
                .put("pattern", policy.pattern())
                .put("apply-to", policy.applyTo())
                .put("definition", Arguments.json(policy.definition()))
                .put("priority", policy.priority());
    }

    private static JsonObject shown(Policy policy) {
        return json(policy).put("definition", Arguments.shown(policy.definition()));
    }

    /// Stores what somebody sent: `{pattern, apply-to?, priority?, definition}`. True when it is new.
    public CompletableFuture<Boolean> store(String vhost, String name, JsonObject sent) {
        return store(vhost, name, new Body(sent));
    }

    /// Stores what somebody sent. True when it is new.
    CompletableFuture<Boolean> store(String vhost, String name, Body body) {
        var definition = body.requiredObject("definition");
        var pattern = body.required("pattern");
        var applyTo = body.text("apply-to").orElse("all");
        PolicyRules.mistake(pattern, applyTo, definition)
                .ifPresent(
                        mistake -> {
                            throw new AnsweredException(Answer.badRequest(mistake));
                        });
        var policy =
                new Policy(
                        vhost, name, pattern, applyTo, priority(body), Arguments.texts(definition));
        var isNew = Policies.find(catalog(), vhost, name).isEmpty();
        return services.asks().change(Policies.store(policy)).thenApply(_ -> isNew);
    }

    private static int priority(Body body) {
        return switch (body.fields().find("priority")) {
            case null -> 0;
            case Json.Digits digits when digits.isWhole() && digits.literal().length() < 10 ->
                    Integer.parseInt(digits.literal());
            case Json other ->
                    throw new AnsweredException(
                            Answer.badRequest(
                                    "Validation failed\n\npriority should be a number, actually was %s\n"
                                            .formatted(other.text())));
        };
    }

    private Answer list(Predicate<Policy> which) {
        return Answer.ok(
                Policies.all(catalog()).stream().filter(which).map(PoliciesApi::shown).toList());
    }

    private Answer show(Call call) {
        return Policies.find(catalog(), call.vhost(), call.variable("name"))
                .map(found -> Answer.ok(shown(found)))
                .orElseGet(Answer::notFound);
    }

    private CompletableFuture<Answer> put(Call call) {
        return store(call.vhost(), call.variable("name"), call.body()).thenApply(Answer::put);
    }

    private CompletableFuture<Answer> delete(Call call) {
        var policy = Policies.find(catalog(), call.vhost(), call.variable("name"));
        return policy.isEmpty()
                ? CompletableFuture.completedFuture(Answer.notFound())
                : services.asks()
                        .change(Policies.remove(policy.get()))
                        .thenApply(_ -> Answer.noContent());
    }

    private Catalog catalog() {
        return services.broker().catalog();
    }
}
