package io.sluice.admin.management;

import io.sluice.admin.json.JsonObject;
import java.util.Collection;

/// Counters and their rates as this API shows them: `"publish": 5, "publish_details": {"rate": 1.0}`.
final class Stats {
    private final JsonObject stats = JsonObject.object();

    Stats add(String name, long value, double rate) {
        stats.put(name, value).put(name + "_details", JsonObject.object().put("rate", rate));
        return this;
    }

    JsonObject json() {
        return stats;
    }

    /// `message_stats` of one queue or of many together.
    static JsonObject messageStats(Collection<QueueFigures> queues) {
        long published = 0;
        long delivered = 0;
        long acknowledged = 0;
        long redelivered = 0;
        double publishing = 0;
        double delivering = 0;
        double acknowledging = 0;
        double redelivering = 0;
        for (var queue : queues) {
            published += queue.status().published();
            delivered += queue.status().delivered();
            acknowledged += queue.status().acknowledged();
            redelivered += queue.status().redelivered();
            publishing += queue.published();
            delivering += queue.delivered();
            acknowledging += queue.acknowledged();
            redelivering += queue.redelivered();
        }
        return new Stats()
                .add("publish", published, publishing)
                .add("deliver", delivered, delivering)
                .add("deliver_get", delivered, delivering)
                .add("deliver_no_ack", 0, 0)
                .add("get", 0, 0)
                .add("get_no_ack", 0, 0)
                .add("get_empty", 0, 0)
                .add("ack", acknowledged, acknowledging)
                .add("redeliver", redelivered, redelivering)
                .json();
    }

    /// How many messages there are, of one queue or of many together.
    static JsonObject messages(Collection<QueueFigures> queues) {
        long ready = 0;
        long leased = 0;
        double readyRate = 0;
        double leasedRate = 0;
        for (var queue : queues) {
            ready += queue.status().ready();
            leased += queue.status().leased();
            readyRate += queue.ready();
            leasedRate += queue.leased();
        }
        return new Stats()
                .add("messages", ready + leased, readyRate + leasedRate)
                .add("messages_ready", ready, readyRate)
                .add("messages_unacknowledged", leased, leasedRate)
                .json();
    }
}
