package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Body;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Listing;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.Queue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// `/api/vhosts`.
final class VhostsApi {
    private final ManagementServices services;
    private final Statuses statuses;
    private final VhostChanges changes;

    VhostsApi(ManagementServices services, Statuses statuses) {
        this.services = services;
        this.statuses = statuses;
        this.changes = new VhostChanges(services);
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("vhosts").get(this::list),
                Resource.at("vhosts/{name}").get(this::show).put(this::put).delete(this::delete),
                Resource.at("vhosts/{vhost}/start/{node}")
                        .post(Handler.now(_ -> Answer.noContent())));
    }

    private CompletableFuture<Answer> list(Call call) {
        return statuses.ofAll()
                .thenApply(
                        figures ->
                                Listing.of(
                                        call.query(),
                                        services.broker().catalog().namespaces().stream()
                                                .map(name -> json(name, figures))
                                                .toList()));
    }

    private CompletableFuture<Answer> show(Call call) {
        var name = call.variable("name");
        if (!exists(name)) {
            return CompletableFuture.completedFuture(Answer.notFound());
        }
        var queues =
                services.broker().catalog().queues().stream()
                        .filter(queue -> queue.namespace().equals(name))
                        .toList();
        return statuses.of(queues).thenApply(figures -> Answer.ok(json(name, figures)));
    }

    private CompletableFuture<Answer> put(Call call) {
        return changes.put(call.variable("name"), call.body(), call.user()).thenApply(Answer::put);
    }

    private CompletableFuture<Answer> delete(Call call) {
        var name = call.variable("name");
        if (!exists(name)) {
            return CompletableFuture.completedFuture(Answer.notFound());
        }
        if (name.equals(Queue.DEFAULT_NAMESPACE)) {
            return CompletableFuture.completedFuture(
                    Answer.badRequest("the default virtual host cannot be deleted"));
        }
        return changes.delete(name).thenApply(_ -> Answer.noContent());
    }

    private boolean exists(String name) {
        return services.broker().catalog().namespaces().contains(name);
    }

    private JsonObject json(String name, Map<UUID, QueueFigures> figures) {
        var about = Vhosts.about(services.broker().catalog(), name);
        var description =
                about.description().isEmpty() && name.equals(Queue.DEFAULT_NAMESPACE)
                        ? "Default virtual host"
                        : about.description();
        var tags = Json.texts(about.tags());
        var queueType = about.queueType().isEmpty() ? "classic" : about.queueType();
        Collection<QueueFigures> queues =
                services.broker().catalog().queues().stream()
                        .filter(queue -> queue.namespace().equals(name))
                        .flatMap(queue -> Stream.ofNullable(figures.get(queue.id())))
                        .toList();
        return JsonObject.object()
                .put("name", name)
                .put("description", description)
                .put("tags", tags)
                .put("default_queue_type", queueType)
                .put("protected_from_deletion", false)
                .put("tracing", false)
                .put(
                        "metadata",
                        JsonObject.object()
                                .put("description", description)
                                .put("tags", tags)
                                .put("default_queue_type", queueType))
                .put("cluster_state", JsonObject.object().put(services.node().name(), "running"))
                .putAll(Stats.messages(queues))
                .put("message_stats", Stats.messageStats(queues));
    }

    /// How one is exported.
    static JsonObject definition(ManagementServices services, String name) {
        var about = Vhosts.about(services.broker().catalog(), name);
        var metadata =
                JsonObject.object()
                        .put("description", about.description())
                        .put("tags", Json.texts(about.tags()));
        if (!about.queueType().isEmpty()) {
            metadata.put("default_queue_type", about.queueType());
        }
        return JsonObject.object()
                .put("name", name)
                .put("description", about.description())
                .put("tags", Json.texts(about.tags()))
                .put("metadata", metadata);
    }

    /// Tags come as a list or as words between commas.
    static List<String> tags(Body body) {
        return switch (body.fields().find("tags")) {
            case Json.Array(List<Json> items) ->
                    items.stream()
                            .flatMap(
                                    item ->
                                            item instanceof Json.Text(String tag)
                                                    ? Stream.of(tag)
                                                    : Stream.empty())
                            .toList();
            case Json.Text(String text) -> Vhosts.tags(text);
            case null, default -> List.of();
        };
    }
}
