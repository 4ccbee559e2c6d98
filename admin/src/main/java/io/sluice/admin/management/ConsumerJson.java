package io.sluice.admin.management;

import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueStatus.Subscriber;

/// Consumers as this API shows them.
final class ConsumerJson {
    private ConsumerJson() {}

    static JsonObject json(Queue queue, Subscriber consumer, Owners owners, String node) {
        var arguments = JsonObject.object();
        if (consumer.priority() != 0) {
            arguments.put("x-priority", consumer.priority());
        }
        return JsonObject.object()
                .put("arguments", arguments)
                .put("ack_required", !consumer.settled())
                .put("active", consumer.active())
                .put("activity_status", consumer.active() ? "up" : "waiting")
                .put("channel_details", owners.channelDetails(consumer.owner(), node))
                .put("consumer_tag", consumer.tag())
                .put("exclusive", consumer.exclusive())
                .put("prefetch_count", consumer.unsettledMax())
                .put(
                        "queue",
                        JsonObject.object()
                                .put("name", queue.name())
                                .put("vhost", queue.namespace()));
    }
}
