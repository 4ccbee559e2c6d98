package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server on a directory of its own, and the ways in which tests ask it by HTTP.
abstract class ServerBench {
    /// So long that a busy machine is not taken for a server that hangs.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String GUEST =
            Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8));

    @TempDir Path directory;
    private Server server;
    private HttpClient http;

    @BeforeEach
    void start() {
        server = Server.start(settings(directory, Map.of()));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    final void restart() {
        server.close();
        server = Server.start(settings(directory, Map.of()));
    }

    /// Every port that `more` does not name is a free one.
    static Settings settings(Path data, Map<String, String> more) {
        var all = new HashMap<>(more);
        all.put("data-dir", data.toString());
        for (var port : List.of("kafka-port", "amqp-port", "sqs-port", "admin-port")) {
            all.putIfAbsent(port, "0");
        }
        return Settings.of(all);
    }

    /// What SQS answers to a request that succeeds.
    final String sqs(String action, String body) throws Exception {
        var answer =
                send(
                        request("sqs", "/")
                                .header("content-type", "application/x-amz-json-1.0")
                                .header("x-amz-target", "AmazonSQS." + action)
                                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /// What the admin port answers to the guest.
    final HttpResponse<String> admin(String method, String path, String body) throws Exception {
        return send(
                request("admin", path)
                        .header("authorization", "Basic " + GUEST)
                        .method(method, BodyPublishers.ofString(body)));
    }

    /// What the admin port answers to somebody who does not say who he is.
    final HttpResponse<String> adminToAnybody(String path) throws Exception {
        return send(request("admin", path));
    }

    private HttpRequest.Builder request(String listener, String path) {
        return HttpRequest.newBuilder(URI.create(url(listener) + path)).timeout(PATIENCE);
    }

    /// Where a listener is, without a path.
    final String url(String listener) {
        return "http://" + Addresses.text(Objects.requireNonNull(server.listeners().get(listener)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
