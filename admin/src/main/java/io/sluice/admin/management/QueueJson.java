package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.Catalog;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueStatus.Subscriber;
import io.sluice.broker.queue.QueueType;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// Queues as this API shows them.
final class QueueJson {
    /// What a queue costs of the heap, about: itself, and each message that is not simply ready.
    private static final long BYTES_PER_QUEUE = 4096;

    private static final long BYTES_PER_LEASE = 64;

    private final Catalog catalog;
    private final String node;

    QueueJson(Catalog catalog, String node) {
        this.catalog = catalog;
        this.node = node;
    }

    /// What the catalog knows.
    JsonObject json(Queue queue) {
        var type = QueueType.of(queue);
        var policy = catalog.policy(queue.namespace(), "queues", queue.name());
        var json =
                JsonObject.object()
                        .put("arguments", Arguments.shown(queue.arguments()))
                        .put("auto_delete", queue.autoDelete())
                        .put("durable", queue.durable())
                        .put(
                                "effective_policy_definition",
                                policy.map(found -> Arguments.shown(found.definition()))
                                        .orElseGet(JsonObject::object))
                        .put("exclusive", queue.exclusive())
                        .put("name", queue.name())
                        .put("node", node)
                        .put("operator_policy", Json.nothing())
                        .put(
                                "policy",
                                policy.map(found -> Json.of(found.name())).orElse(Json.nothing()))
                        .put("state", "running")
                        .put("type", type.name().toLowerCase(Locale.ROOT))
                        .put("vhost", queue.namespace());
        return type == QueueType.CLASSIC ? json : replicated(json);
    }

    /// What the catalog and the queue itself know.
    JsonObject json(Queue queue, QueueFigures figures) {
        var status = figures.status();
        var json =
                json(queue)
                        .putAll(Stats.messages(List.of(figures)))
                        .put("messages_delayed", status.delayed())
                        .put("messages_persistent", queue.isTransient() ? 0 : figures.messages())
                        .put("messages_ram", 0)
                        .put("messages_ready_ram", 0)
                        .put("messages_unacknowledged_ram", 0)
                        .put("messages_paged_out", 0)
                        .put("message_bytes", status.readyBytes())
                        .put("message_bytes_ready", status.readyBytes())
                        .put("message_bytes_unacknowledged", 0)
                        .put("message_bytes_persistent", status.readyBytes())
                        .put("message_bytes_ram", 0)
                        .put("message_bytes_paged_out", 0)
                        .put(
                                "memory",
                                BYTES_PER_QUEUE
                                        + BYTES_PER_LEASE * (status.leased() + status.delayed()))
                        .put("message_stats", Stats.messageStats(List.of(figures)))
                        .put("consumers", status.consumers().size())
                        .put("consumer_capacity", status.consumers().isEmpty() ? 0.0 : 1.0)
                        .put("consumer_utilisation", status.consumers().isEmpty() ? 0.0 : 1.0)
                        .put(
                                "exclusive_consumer_tag",
                                tag(status.consumers(), Subscriber::exclusive))
                        .put("single_active_consumer_tag", singleActive(queue, status.consumers()))
                        .put("head_message_timestamp", Json.nothing())
                        .put("recoverable_slaves", Json.nothing())
                        .put("reductions", 0);
        if (status.idleSinceMillis() > 0) {
            json.put("idle_since", Times.text(status.idleSinceMillis()));
        }
        return json;
    }

    private Json singleActive(Queue queue, List<Subscriber> consumers) {
        return catalog.settings(queue).singleActiveConsumer()
                ? tag(consumers, Subscriber::active)
                : Json.nothing();
    }

    private static Json tag(List<Subscriber> consumers, Predicate<Subscriber> which) {
        return consumers.stream()
                .filter(which)
                .findFirst()
                .map(consumer -> Json.of(consumer.tag()))
                .orElse(Json.nothing());
    }

    /// What is only asked of quorum queues and streams.
    private JsonObject replicated(JsonObject json) {
        var here = Json.texts(List.of(node));
        return json.put("leader", node).put("members", here).put("online", here);
    }
}
