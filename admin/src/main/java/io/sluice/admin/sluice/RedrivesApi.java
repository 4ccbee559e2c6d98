package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrives;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// `/api/sluice/queues/../redrives`: moving dead letters back, or elsewhere.
final class RedrivesApi {
    private static final String PATH = "sluice/queues/{namespace}/{name}/redrives";
    private static final int ACCEPTED = 202;

    private final ManagementServices services;
    private final LetterQueues queues;
    private final Redriving redriving;

    RedrivesApi(ManagementServices services, LetterQueues queues) {
        this.services = services;
        this.queues = queues;
        this.redriving = new Redriving(services);
    }

    List<Resource> resources() {
        return List.of(
                Resource.at(PATH).get(Problem.in(this::list)).post(Problem.in(this::start)),
                Resource.at(PATH + "/{id}").get(Problem.in(this::show)),
                Resource.at(PATH + "/{id}/pause").post(Problem.in(call -> pause(call, true))),
                Resource.at(PATH + "/{id}/resume").post(Problem.in(call -> pause(call, false))),
                Resource.at(PATH + "/{id}/cancel").post(Problem.in(this::cancel)));
    }

    private CompletableFuture<Answer> start(Call call) {
        var queue = queues.queue(call);
        var wish = RedriveWish.of(call.body().fields());
        if (wish.to().isPresent() && find(queue, wish.to().get()).isEmpty()) {
            throw Problem.NOT_FOUND.ends(
                    "no queue '%s' in namespace '%s' to move messages to"
                            .formatted(wish.to().get(), queue.namespace()));
        }
        if (wish.to().equals(Optional.of(queue.name()))) {
            throw Problem.INVALID.ends("messages are in queue '" + queue.name() + "' already");
        }
        if (wish.dryRun()) {
            return redriving
                    .count(queue, wish.filter(), wish.max())
                    .thenApply(
                            count ->
                                    Answer.ok(
                                            JsonObject.object()
                                                    .put("messages", count.messages())
                                                    .put("skipped", count.skipped())
                                                    .put("complete", count.complete())));
        }
        return redriving
                .start(queue, wish)
                .thenCompose(
                        task ->
                                redriving
                                        .progress(queue, task)
                                        .thenApply(
                                                progress ->
                                                        accepted(
                                                                RedriveJson.running(
                                                                        task, progress))));
    }

    private Optional<Queue> find(Queue from, String name) {
        return services.broker().catalog().queue(from.namespace(), name);
    }

    private static Answer accepted(JsonObject json) {
        return new Answer(ACCEPTED, Map.of(), Optional.of(json));
    }

    private CompletableFuture<Answer> list(Call call) {
        var queue = queues.queue(call);
        var ended = Redrives.ended(queue).stream().map(RedriveJson::ended).toList();
        return running(queue)
                .map(
                        json ->
                                json.thenApply(
                                        first ->
                                                Answer.ok(
                                                        Stream.concat(
                                                                        Stream.of(first),
                                                                        ended.stream())
                                                                .toList())))
                .orElseGet(() -> CompletableFuture.completedFuture(Answer.ok(ended)));
    }

    private Optional<CompletableFuture<JsonObject>> running(Queue queue) {
        return Redrives.running(queue)
                .map(
                        task ->
                                redriving
                                        .progress(queue, task)
                                        .thenApply(
                                                progress -> RedriveJson.running(task, progress)));
    }

    private CompletableFuture<Answer> show(Call call) {
        var queue = queues.queue(call);
        var id = call.variable("id");
        if (Redrives.running(queue).filter(task -> task.id().equals(id)).isPresent()) {
            return running(queue).orElseThrow().thenApply(Answer::ok);
        }
        return CompletableFuture.completedFuture(
                Redrives.ended(queue).stream()
                        .filter(ended -> ended.task().id().equals(id))
                        .findFirst()
                        .map(ended -> Answer.ok(RedriveJson.ended(ended)))
                        .orElseThrow(() -> missing(call)));
    }

    private CompletableFuture<Answer> pause(Call call, boolean paused) {
        var queue = queues.queue(call);
        var running = mustRun(call, queue);
        return redriving
                .pause(queue, running, paused)
                .thenCompose(
                        _ ->
                                redriving
                                        .progress(queue, running)
                                        .thenApply(
                                                progress ->
                                                        Answer.ok(
                                                                RedriveJson.running(
                                                                        running.paused(paused),
                                                                        progress))));
    }

    private CompletableFuture<Answer> cancel(Call call) {
        var queue = queues.queue(call);
        return redriving
                .cancel(queue, mustRun(call, queue))
                .thenApply(ended -> Answer.ok(RedriveJson.ended(ended)));
    }

    private static Redrive mustRun(Call call, Queue queue) {
        var id = call.variable("id");
        var running = Redrives.running(queue).filter(task -> task.id().equals(id));
        if (running.isPresent()) {
            return running.get();
        }
        throw Redrives.ended(queue).stream().anyMatch(ended -> ended.task().id().equals(id))
                ? Problem.CONFLICT.ends("the redrive '" + id + "' has ended")
                : missing(call);
    }

    private static RuntimeException missing(Call call) {
        return Problem.NOT_FOUND.ends(
                "no redrive '%s' of queue '%s'"
                        .formatted(call.variable("id"), call.variable("name")));
    }
}
