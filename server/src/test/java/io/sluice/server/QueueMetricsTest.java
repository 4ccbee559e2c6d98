package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What `/metrics` tells of queues.
final class QueueMetricsTest extends ServerBench {
    @Test
    void aQueueTellsWhatItHoldsAndAnIdleOneIsLeftOut() throws Exception {
        var begun = Instant.now();
        sqs("CreateQueue", "{\"QueueName\":\"idle\"}");
        sqs("CreateQueue", "{\"QueueName\":\"q\"}");
        for (var body : new String[] {"held", "there", "there too"}) {
            sqs("SendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":\"%s\"}".formatted(body));
        }
        sqs("SendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":\"later\",\"DelaySeconds\":900}");
        sqs("ReceiveMessage", "{\"QueueUrl\":\"q\",\"VisibilityTimeout\":43200}");

        var metrics = scrape();
        double passed = Duration.between(begun, Instant.now()).toMillis() / 1_000.0;

        assertThat(metrics)
                .contains(
                        "# TYPE sluice_queue_ready gauge\n",
                        "sluice_queue_ready{namespace=\"/\",queue=\"q\"} 2.0\n",
                        "sluice_queue_leased{namespace=\"/\",queue=\"q\"} 1.0\n",
                        "sluice_queue_waiting{namespace=\"/\",queue=\"q\"} 1.0\n",
                        "sluice_queue_breaker_state{namespace=\"/\",queue=\"q\"} 0.0\n")
                .doesNotContain("queue=\"idle\"");
        assertThat(value(metrics, "sluice_queue_next_due_seconds{namespace=\"/\",queue=\"q\"}"))
                .isBetween(800.0 - passed, 900.0);
        assertThat(value(metrics, "sluice_queue_oldest_ready_seconds{namespace=\"/\",queue=\"q\"}"))
                .isBetween(0.0, 60.0 + passed);
    }

    @Test
    void aThousandQueuesHaveNamesAndTheOthersAreOneSum() throws Exception {
        var names = IntStream.range(0, 1_003).mapToObj(i -> String.format("q%04d", i)).toList();
        var queues =
                names.stream()
                        .map(
                                name ->
                                        "{\"name\":\"%s\",\"vhost\":\"/\",\"durable\":true,\"arguments\":{}}"
                                                .formatted(name))
                        .collect(Collectors.joining(","));
        told("/api/definitions", "{\"queues\":[" + queues + "]}");
        for (var name : names) {
            told(
                    "/api/exchanges/%2F/amq.default/publish",
                    "{\"properties\":{},\"routing_key\":\"%s\",\"payload\":\"x\",\"payload_encoding\":\"string\"}"
                            .formatted(name));
        }

        told("PATCH", "/api/sluice/queues/%2F/q1002/policy", "{\"retry.max.attempts\":3}");

        var metrics = scrape();

        var row = Pattern.compile("(?m)^sluice_queue_ready\\{").matcher(metrics);
        assertThat(row.results().count()).isEqualTo(1_001);
        assertThat(metrics)
                .contains(
                        "sluice_queue_ready{namespace=\"/\",queue=\"q0998\"} 1.0\n",
                        "sluice_queue_ready{namespace=\"/\",queue=\"q1002\"} 1.0\n",
                        "sluice_queue_ready{namespace=\"\",queue=\"(others)\"} 3.0\n");
    }

    @Test
    void whatHasGoneWrongIsCountedAndStaysSoWhenTheMessagesAreGone() throws Exception {
        told("PUT", "/api/sluice/queues/%2F/work", "{\"policy\":{\"dead.letter.queue\":\"dead\"}}");
        for (var body : new String[] {"one", "two", "three"}) {
            told(
                    "POST",
                    "/api/sluice/queues/%2F/work/messages",
                    "{\"body\":\"%s\"}".formatted(body));
        }
        told(
                "POST",
                "/api/queues/%2F/work/get",
                "{\"count\":3,\"ackmode\":\"reject_requeue_false\",\"encoding\":\"auto\"}");
        awaitScrape("sluice_queue_ready{namespace=\"/\",queue=\"dead\"} 3.0\n");
        told("POST", "/api/sluice/queues/%2F/dead/redrives", "{\"max\":2}");
        for (var wish : new String[] {"open", "close", "open"}) {
            told("POST", "/api/sluice/queues/%2F/work/breaker/" + wish, "");
        }
        awaitScrape("sluice_queue_ready{namespace=\"/\",queue=\"work\"} 2.0\n");
        var counted =
                new String[] {
                    "sluice_queue_dead_letters_total{namespace=\"/\",queue=\"work\",reason=\"rejected\"} 3.0\n",
                    "sluice_queue_redriven_total{namespace=\"/\",queue=\"dead\"} 2.0\n",
                    "sluice_queue_breaker_transitions_total{namespace=\"/\",queue=\"work\",to=\"open\"} 2.0\n",
                    "# TYPE sluice_queue_failures_total counter\n",
                    "# TYPE sluice_queue_dead_letters_total counter\n",
                    "# TYPE sluice_queue_redriven_total counter\n",
                    "# TYPE sluice_queue_breaker_transitions_total counter\n"
                };
        assertThat(awaitScrape("sluice_queue_breaker_state{namespace=\"/\",queue=\"work\"} 2.0\n"))
                .contains(counted)
                .doesNotContain("reason=\"redriven\"");

        for (var queue : new String[] {"work", "dead"}) {
            told("DELETE", "/api/queues/%2F/" + queue + "/contents", "");
        }
        assertThat(awaitScrape("sluice_queue_ready{namespace=\"/\",queue=\"work\"} 0.0\n"))
                .contains(counted)
                .contains("sluice_queue_ready{namespace=\"/\",queue=\"dead\"} 0.0\n")
                .doesNotContain("sluice_queue_oldest_ready_seconds{");
    }

    /// What is scraped once it has this line.
    private String awaitScrape(String line) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var metrics = scrape();
        while (!metrics.contains(line)) {
            assertThat(System.nanoTime()).as(line + " in " + metrics).isLessThan(end);
            metrics = scrape();
        }
        return metrics;
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in\n" + metrics));
    }

    private String scrape() throws Exception {
        return adminToAnybody("/metrics").body();
    }

    private void told(String path, String body) throws Exception {
        told("POST", path, body);
    }

    private void told(String method, String path, String body) throws Exception {
        assertThat(admin(method, path, body).statusCode()).isBetween(200, 204);
    }
}
