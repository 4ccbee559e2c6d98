package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueStatus.Subscriber;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// `/api/consumers`.
final class ConsumersApi {
    private final ManagementServices services;
    private final Statuses statuses;

    ConsumersApi(ManagementServices services, Statuses statuses) {
        this.services = services;
        this.statuses = statuses;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("consumers").get(_ -> list(_ -> true)),
                Resource.at("consumers/{vhost}").get(this::ofVhost));
    }

    /// Those of the queues that are in `figures` and are asked for.
    static List<JsonObject> consumers(
            ManagementServices services,
            Map<UUID, QueueFigures> figures,
            Predicate<Queue> ofQueue,
            Predicate<Subscriber> which) {
        var owners = Owners.of(services.connections());
        return services.broker().catalog().queues().stream()
                .filter(ofQueue)
                .filter(queue -> figures.containsKey(queue.id()))
                .flatMap(
                        queue ->
                                consumersOf(figures, queue).stream()
                                        .filter(which)
                                        .map(
                                                consumer ->
                                                        ConsumerJson.json(
                                                                queue,
                                                                consumer,
                                                                owners,
                                                                services.node().name())))
                .toList();
    }

    private static List<Subscriber> consumersOf(Map<UUID, QueueFigures> figures, Queue queue) {
        var found = figures.get(queue.id());
        return found == null ? List.of() : found.status().consumers();
    }

    private CompletableFuture<Answer> ofVhost(Call call) {
        return list(queue -> queue.namespace().equals(call.vhost()));
    }

    private CompletableFuture<Answer> list(Predicate<Queue> ofQueue) {
        var queues = services.broker().catalog().queues().stream().filter(ofQueue).toList();
        return statuses.of(queues)
                .thenApply(figures -> Answer.ok(consumers(services, figures, ofQueue, _ -> true)));
    }
}
