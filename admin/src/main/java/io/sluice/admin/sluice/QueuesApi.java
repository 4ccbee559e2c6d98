package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import io.sluice.broker.queue.Queue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// `/api/sluice/queues`: what there is, and making, changing and deleting it.
final class QueuesApi {
    private final ManagementServices services;
    private final Queues queues;
    private final Reports reports;
    private final QueueJson json;

    QueuesApi(ManagementServices services, Queues queues, Reports reports) {
        this.services = services;
        this.queues = queues;
        this.reports = reports;
        this.json = new QueueJson(services.broker());
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("sluice/queues").get(Problem.in(this::list)),
                Resource.at("sluice/queues/{namespace}/{name}")
                        .get(Problem.in(this::show))
                        .put(Problem.in(this::put))
                        .delete(Problem.in(this::delete)));
    }

    private CompletableFuture<Answer> list(Call call) {
        return services.asks()
                .each(
                        asked(call),
                        queue ->
                                reports.of(queue)
                                        .thenApply(
                                                report ->
                                                        report.map(
                                                                found -> json.row(queue, found))))
                .thenApply(
                        rows ->
                                Answer.ok(
                                        rows.stream()
                                                .flatMap(Optional<JsonObject>::stream)
                                                .toList()));
    }

    private Collection<Queue> asked(Call call) {
        var catalog = services.broker().catalog();
        var namespace = call.query().text("namespace");
        if (namespace.isPresent() && !catalog.namespaces().contains(namespace.get())) {
            throw Problem.NOT_FOUND.ends("no namespace '" + namespace.get() + "'");
        }
        return namespace.map(catalog::queues).orElseGet(catalog::queues);
    }

    private CompletableFuture<Answer> show(Call call) {
        var queue = queues.existing(call);
        return reports.of(queue)
                .thenApply(
                        report ->
                                report.map(found -> Answer.ok(json.whole(queue, found)))
                                        .orElseGet(() -> queues.missing(queue)));
    }

    private CompletableFuture<Answer> put(Call call) {
        return queues.put(call.variable("namespace"), call.variable("name"), call.body().fields())
                .thenApply(Answer::put);
    }

    private CompletableFuture<Answer> delete(Call call) {
        return queues.delete(
                        queues.existing(call),
                        call.query().flag("if_unused"),
                        call.query().flag("if_empty"))
                .thenApply(_ -> Answer.noContent());
    }
}
