package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueMetricsTest {
    private static final String GUEST =
            Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8));

    @TempDir Path directory;
    private Server server;
    private HttpClient http;

    @BeforeEach
    void start() {
        server =
                Server.start(
                        Settings.of(
                                Map.of(
                                        "data-dir",
                                        directory.toString(),
                                        "kafka-port",
                                        "0",
                                        "amqp-port",
                                        "0",
                                        "sqs-port",
                                        "0",
                                        "admin-port",
                                        "0")));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void aQueueTellsWhatItHoldsAndAnIdleOneIsLeftOut() throws Exception {
        sqs("CreateQueue", "{\"QueueName\":\"idle\"}");
        sqs("CreateQueue", "{\"QueueName\":\"q\"}");
        for (var body : new String[] {"held", "there", "there too"}) {
            sqs("SendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":\"%s\"}".formatted(body));
        }
        sqs("SendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":\"later\",\"DelaySeconds\":900}");
        sqs("ReceiveMessage", "{\"QueueUrl\":\"q\"}");

        var metrics = scrape();

        assertThat(metrics)
                .contains(
                        "# TYPE sluice_queue_ready gauge\n",
                        "sluice_queue_ready{namespace=\"/\",queue=\"q\"} 2.0\n",
                        "sluice_queue_leased{namespace=\"/\",queue=\"q\"} 1.0\n",
                        "sluice_queue_waiting{namespace=\"/\",queue=\"q\"} 1.0\n",
                        "sluice_queue_breaker_state{namespace=\"/\",queue=\"q\"} 0.0\n")
                .doesNotContain("queue=\"idle\"");
        assertThat(value(metrics, "sluice_queue_next_due_seconds{namespace=\"/\",queue=\"q\"}"))
                .isBetween(800.0, 900.0);
        assertThat(value(metrics, "sluice_queue_oldest_ready_seconds{namespace=\"/\",queue=\"q\"}"))
                .isBetween(0.0, 60.0);
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
        admin("/api/definitions", "{\"queues\":[" + queues + "]}");
        for (var name : names) {
            admin(
                    "/api/exchanges/%2F/amq.default/publish",
                    "{\"properties\":{},\"routing_key\":\"%s\",\"payload\":\"x\",\"payload_encoding\":\"string\"}"
                            .formatted(name));
        }

        var metrics = scrape();

        var row = Pattern.compile("(?m)^sluice_queue_ready\\{").matcher(metrics);
        assertThat(row.results().count()).isEqualTo(1_001);
        assertThat(metrics)
                .contains(
                        "sluice_queue_ready{namespace=\"/\",queue=\"q0999\"} 1.0\n",
                        "sluice_queue_ready{namespace=\"\",queue=\"(others)\"} 3.0\n");
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in\n" + metrics));
    }

    private String scrape() throws Exception {
        var request = HttpRequest.newBuilder(uri("admin", "/metrics")).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private void sqs(String action, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(uri("sqs", "/"))
                        .header("content-type", "application/x-amz-json-1.0")
                        .header("x-amz-target", "AmazonSQS." + action)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private void admin(String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(uri("admin", path))
                        .header("authorization", "Basic " + GUEST)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isBetween(200, 204);
    }

    private URI uri(String listener, String path) {
        var address = Objects.requireNonNull(server.listeners().get(listener));
        return URI.create("http://127.0.0.1:" + address.getPort() + path);
    }
}
