package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Listing;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.BrokerError;
import io.sluice.broker.queue.Queue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// `/api/queues`: what there is, and declaring, purging, deleting it.
final class QueuesApi {
    private final ManagementServices services;
    private final Statuses statuses;
    private final QueueDeclaration declaration;

    QueuesApi(ManagementServices services, Statuses statuses) {
        this.services = services;
        this.statuses = statuses;
        this.declaration = new QueueDeclaration(services);
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("queues").get(call -> list(call, _ -> true)),
                Resource.at("queues/detailed").get(call -> list(call, _ -> true)),
                Resource.at("queues/{vhost}")
                        .get(call -> list(call, queue -> queue.namespace().equals(call.vhost()))),
                Resource.at("queues/{vhost}/{name}")
                        .get(this::show)
                        .put(this::put)
                        .delete(this::delete),
                Resource.at("queues/{vhost}/{name}/contents").delete(this::purge),
                Resource.at("queues/{vhost}/{name}/actions").post(Handler.now(this::act)));
    }

    private CompletableFuture<Answer> list(Call call, Predicate<Queue> which) {
        var queues = services.broker().catalog().queues().stream().filter(which).toList();
        var json = new QueueJson(services.broker().catalog(), services.node().name());
        if (call.query().flag("disable_stats") && !call.query().flag("enable_queue_totals")) {
            return CompletableFuture.completedFuture(
                    Listing.of(call.query(), queues.stream().map(json::json).toList()));
        }
        return statuses.of(queues)
                .thenApply(
                        figures ->
                                Listing.of(
                                        call.query(),
                                        queues.stream()
                                                .flatMap(
                                                        queue ->
                                                                Stream.ofNullable(
                                                                                figures.get(
                                                                                        queue.id()))
                                                                        .map(
                                                                                found ->
                                                                                        json.json(
                                                                                                queue,
                                                                                                found)))
                                                .toList()));
    }

    private CompletableFuture<Answer> show(Call call) {
        var queue = find(call);
        if (queue.isEmpty()) {
            return CompletableFuture.completedFuture(Answer.notFound());
        }
        return statuses.of(List.of(queue.get()))
                .thenApply(
                        figures ->
                                Optional.ofNullable(figures.get(queue.get().id()))
                                        .map(found -> Answer.ok(detailed(queue.get(), found)))
                                        .orElseGet(Answer::notFound));
    }

    private JsonObject detailed(Queue queue, QueueFigures figures) {
        var owners = Owners.of(services.connections());
        var node = services.node().name();
        return new QueueJson(services.broker().catalog(), node)
                .json(queue, figures)
                .put(
                        "consumer_details",
                        figures.status().consumers().stream()
                                .map(consumer -> ConsumerJson.json(queue, consumer, owners, node))
                                .toList())
                .put("deliveries", List.of())
                .put("incoming", List.of());
    }

    private CompletableFuture<Answer> put(Call call) {
        return declaration
                .declare(call.vhost(), call.variable("name"), call.body())
                .thenApply(Answer::put);
    }

    private CompletableFuture<Answer> delete(Call call) {
        var queue = find(call);
        if (queue.isEmpty()) {
            return CompletableFuture.completedFuture(Answer.notFound());
        }
        return services.asks()
                .<Long>ask(
                        reply ->
                                services.broker()
                                        .queues()
                                        .delete(
                                                queue.get().id(),
                                                call.query().flag("if-unused"),
                                                call.query().flag("if-empty"),
                                                reply))
                .thenApply(_ -> Answer.noContent())
                .exceptionally(failure -> inQueueWords(call, failure));
    }

    private static Answer inQueueWords(Call call, Throwable failure) {
        var queue = "queue '%s' in vhost '%s'".formatted(call.variable("name"), call.vhost());
        return switch (Asks.refusal(failure)) {
            case BrokerError.NotEmpty _ -> Answer.badRequest(queue + " not empty");
            case BrokerError.InUse _ -> Answer.badRequest(queue + " in use");
            case null, default -> throw new CompletionException(failure);
        };
    }

    private CompletableFuture<Answer> purge(Call call) {
        var queue = find(call);
        if (queue.isEmpty()) {
            return CompletableFuture.completedFuture(Answer.notFound());
        }
        var parts = Parts.of(services.broker().catalog(), queue.get());
        return services.asks()
                .each(
                        parts,
                        part ->
                                services.asks()
                                        .<Long>ask(
                                                reply ->
                                                        services.broker()
                                                                .queues()
                                                                .purge(part, reply)))
                .thenApply(_ -> Answer.noContent());
    }

    /// There are no mirrors to be synchronised: it is always done.
    private Answer act(Call call) {
        if (find(call).isEmpty()) {
            return Answer.notFound();
        }
        var action = call.body().required("action");
        return switch (action) {
            case "sync", "cancel_sync" -> Answer.noContent();
            default -> throw new AnsweredException(Answer.badRequest("unknown action " + action));
        };
    }

    private Optional<Queue> find(Call call) {
        return services.broker().catalog().queue(call.vhost(), call.variable("name"));
    }
}
