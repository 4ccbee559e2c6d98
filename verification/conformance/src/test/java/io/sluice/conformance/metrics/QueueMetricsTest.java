package io.sluice.conformance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.Program;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Scraped, and read by the parser of Prometheus' Python client.
@Conformance
class QueueMetricsTest {
    private static final Path SCRIPT = Path.of("src/test/resources/metrics/families.py");
    private static final String PYTHON = "/usr/bin/python3";

    @Test
    void aQueueTellsWhatHasGoneWrong(ManagementAddress broker, AmqpClients clients)
            throws Exception {
        Program.requireThat(
                Program.outcome(List.of(PYTHON, "-c", "import prometheus_client"), "").status()
                        == 0,
                "apt-get install python3-prometheus-client, or ./sluice test as root");
        var dead = clients.queue("dead");
        var queue =
                clients.queue(
                        "work \"quoted\"",
                        Map.of(
                                "x-sluice-dead-letter-queue",
                                dead,
                                "x-sluice-retry-initial-ms",
                                600_000,
                                "x-sluice-retry-max-ms",
                                600_000,
                                "x-sluice-retry-max-attempts",
                                9));
        clients.publish(queue, "rejected", "retried", "held", "there");
        var channel = clients.channel();
        channel.basicReject(tag(channel, queue), false);
        channel.basicNack(tag(channel, queue), false, true);
        tag(channel, queue);
        Until.holds("it has died", () -> clients.ready(dead) == 1);
        assertThat(
                        broker.call(
                                        "POST",
                                        "sluice/queues/%2F/" + encoded(queue) + "/breaker/open",
                                        "")
                                .statusCode())
                .isEqualTo(200);

        var of = "[namespace=/,queue=" + queue;
        Until.holds(
                "all of it is told",
                () ->
                        scrape(broker).contains("sluice_queue_waiting" + of + "] 1.0")
                                && scrape(broker)
                                        .contains("sluice_queue_breaker_state" + of + "] 2.0"));

        var read = scrape(broker);
        assertThat(read)
                .contains(
                        "gauge sluice_queue_ready | ",
                        "counter sluice_queue_failures | ",
                        "  sluice_queue_ready" + of + "] 1.0\n",
                        "  sluice_queue_leased" + of + "] 1.0\n",
                        "  sluice_queue_ready[namespace=/,queue=" + dead + "] 1.0\n",
                        "  sluice_queue_dead_letters_total" + of + ",reason=rejected] 1.0\n")
                .containsPattern("sluice_queue_failures_total" + Pattern.quote(of) + "] [12].0\n");
        assertThat(value(read, "sluice_queue_next_due_seconds" + of)).isBetween(200.0, 600.0);
        assertThat(value(read, "sluice_queue_oldest_ready_seconds" + of)).isBetween(0.0, 120.0);
    }

    private static long tag(Channel channel, String queue) throws Exception {
        return channel.basicGet(queue, false).getEnvelope().getDeliveryTag();
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static double value(String read, String sample) {
        var start = "  " + sample + "] ";
        return read.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String scrape(ManagementAddress broker) throws Exception {
        var uri = URI.create("http://" + broker.host() + ":" + broker.port() + "/metrics");
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
            return Program.run(List.of(PYTHON, SCRIPT.toString()), answer);
        }
    }
}
