package io.sluice.conformance.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What KEDA's scaler and Flower read, by the very calls that they make.
@Conformance
class ScalersTest {
    @Test
    void kedaReadsTheLengthAndTheRateOfOneQueue(ManagementAddress broker) {
        var queue = declared(broker, "keda");
        publish(broker, queue, 3);
        Until.holds(
                "KEDA sees the messages",
                () -> number(get(broker, "queues/%2F/" + queue), "messages") == 3);
        assertThat(number(get(broker, "queues/%2F/" + queue), "messages_ready")).isEqualTo(3);
        assertThat(number(get(broker, "queues/%2F/" + queue), "messages_unacknowledged")).isZero();
        Until.holds(
                "KEDA sees that it is published to",
                () -> {
                    publish(broker, queue, 1);
                    return rate(get(broker, "queues/%2F/" + queue), "publish_details") > 0;
                });
        assertThat(get(broker, "queues/%2F/" + queue).text("name")).hasValue(queue);
        delete(broker, queue);
    }

    @Test
    void kedaReadsManyQueuesByARegularExpression(ManagementAddress broker) {
        var one = declared(broker, "keda-many");
        var other = declared(broker, "keda-many");
        var page =
                get(
                        broker,
                        "queues/%2F?page=1&use_regex=true&pagination=false&name=%5Ekeda-many&page_size=100");
        assertThat(names(page, "items"))
                .contains(one, other)
                .allMatch(n -> n.startsWith("keda-many"));
        assertThat(number(page, "page_count")).isEqualTo(1);
        delete(broker, one);
        delete(broker, other);
    }

    @Test
    void flowerReadsTheQueuesOfAVirtualHostInTime(ManagementAddress broker) {
        var queue = declared(broker, "flower");
        var before = Instant.now();
        var answer = broker.call("GET", "queues/%2F", "").body();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        var queues = JsonReader.read(answer).orElseThrow();
        assertThat(((Json.Array) queues).items())
                .anySatisfy(
                        item -> {
                            var read = (JsonObject) item;
                            assertThat(read.text("name")).hasValue(queue);
                            assertThat(read.text("idle_since")).isPresent();
                            assertThat(number(read, "consumers")).isZero();
                            assertThat(number(read, "messages")).isZero();
                        });
        delete(broker, queue);
    }

    @Test
    void exportersReadWhatTheyCount(ManagementAddress broker) {
        var overview = get(broker, "overview");
        assertThat(overview.child("object_totals")).isPresent();
        assertThat(overview.child("queue_totals")).isPresent();
        assertThat(overview.text("rabbitmq_version")).isPresent();
        assertThat(overview.text("node")).isPresent();
        assertThat(broker.call("GET", "aliveness-test/%2F", "").body())
                .isEqualTo("{\"status\":\"ok\"}");
        assertThat(broker.call("GET", "health/checks/alarms", "").statusCode()).isEqualTo(200);
    }

    private static String declared(ManagementAddress broker, String hint) {
        var queue = broker.name(hint);
        assertThat(broker.call("PUT", "queues/%2F/" + queue, "{\"durable\":true}").statusCode())
                .isEqualTo(201);
        return queue;
    }

    private static void delete(ManagementAddress broker, String queue) {
        assertThat(broker.call("DELETE", "queues/%2F/" + queue, "").statusCode()).isEqualTo(204);
    }

    private static void publish(ManagementAddress broker, String queue, int count) {
        for (int i = 0; i < count; i++) {
            var body =
                    "{\"properties\":{},\"routing_key\":\"%s\",\"payload\":\"x\",\"payload_encoding\":\"string\"}"
                            .formatted(queue);
            assertThat(broker.call("POST", "exchanges/%2F/amq.default/publish", body).body())
                    .isEqualTo("{\"routed\":true}");
        }
    }

    private static JsonObject get(ManagementAddress broker, String path) {
        var answer = broker.call("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return (JsonObject) JsonReader.read(answer.body()).orElseThrow();
    }

    private static List<String> names(JsonObject page, String field) {
        return page.find(field) instanceof Json.Array(List<Json> items)
                ? items.stream().flatMap(item -> ((JsonObject) item).text("name").stream()).toList()
                : List.of();
    }

    private static long number(JsonObject object, String field) {
        return object.find(field) instanceof Json.Digits(String digits)
                ? Long.parseLong(digits)
                : -1;
    }

    private static double rate(JsonObject queue, String details) {
        return queue.child("message_stats")
                                .flatMap(stats -> stats.child(details))
                                .map(found -> found.find("rate"))
                                .orElse(null)
                        instanceof Json.Digits(String digits)
                ? Double.parseDouble(digits)
                : 0;
    }
}
