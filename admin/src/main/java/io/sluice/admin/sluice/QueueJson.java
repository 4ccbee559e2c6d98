package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.Arguments;
import io.sluice.broker.Broker;
import io.sluice.broker.Topic;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.QueueReport.Waits;

/// Queues as this API shows them.
final class QueueJson {
    private final Broker broker;

    QueueJson(Broker broker) {
        this.broker = broker;
    }

    /// A line of a list.
    JsonObject row(Queue queue, QueueReport report) {
        var topic = broker.catalog().topic(queue.topic());
        return JsonObject.object()
                .put("namespace", queue.namespace())
                .put("name", queue.name())
                .put("topic", topic.map(QueueJson::topicName).orElse(Json.nothing()))
                .put("partitions", topic.map(Topic::partitions).orElse(0))
                .put("ready", report.status().ready())
                .put("leased", report.status().leased())
                .put("waiting", report.status().delayed())
                .put("consumers", report.status().consumers().size())
                .put("next_due", Moments.of(report.nextDueMillis()))
                .put("oldest_ready", Moments.of(report.oldestReadyMillis()))
                .put("failures", report.failures())
                .put("dead", dead(report))
                .put("breaker", Breakers.json(report.breaker()));
    }

    JsonObject whole(Queue queue, QueueReport report) {
        return row(queue, report)
                .put("durable", queue.durable())
                .put("created", Moments.text(queue.createdMillis()))
                .put("arguments", Arguments.shown(queue.arguments()))
                .put("waits", report.waits().stream().map(QueueJson::json).toList())
                .put("policy", SettingJson.set(broker.catalog().settings(queue).layers()));
    }

    /// In other namespaces than the default one a queue's own topic has no name of its own.
    private static Json topicName(Topic topic) {
        int end = topic.name().indexOf('\u0000');
        return Json.of(end < 0 ? topic.name() : topic.name().substring(0, end));
    }

    /// Being moved back is counted with the deaths, and is none.
    private static JsonObject dead(QueueReport report) {
        var dead = JsonObject.object();
        report.dead()
                .forEach(
                        (reason, count) -> {
                            if (reason != Reason.REDRIVEN) {
                                dead.put(reason.text(), count);
                            }
                        });
        return dead;
    }

    /// The last bucket has no end.
    private static JsonObject json(Waits waits) {
        return JsonObject.object()
                .put(
                        "within_ms",
                        waits.withinMillis() == Long.MAX_VALUE
                                ? Json.nothing()
                                : Json.of(waits.withinMillis()))
                .put("messages", waits.messages());
    }
}
