package io.sluice.conformance.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// What an operator sees and does: the broker's admin API.
final class AdminApi {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int FIRST_FAILURE = 300;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;

    AdminApi(int port) {
        root = "http://127.0.0.1:" + port + "/api/sluice/queues/%2F/";
    }

    /// @param breaker `closed`, `open`, `half_open` ...
    record QueueLook(long ready, long leased, long waiting, String breaker) {}

    /// @param count dead letters of that reason and code
    record Group(String reason, String code, long count) {}

    /// Empty while the broker does not answer.
    Optional<QueueLook> look(String queue) throws InterruptedException {
        return ask("GET", queue, "", "")
                .map(
                        json ->
                                new QueueLook(
                                        number(json, "ready"),
                                        number(json, "leased"),
                                        number(json, "waiting"),
                                        json.field("breaker")
                                                .flatMap(breaker -> breaker.field("state"))
                                                .map(JsonNode::text)
                                                .map(state -> state.toLowerCase(Locale.ROOT))
                                                .orElse("closed")));
    }

    List<Group> deadLetters(String queue) throws InterruptedException {
        var groups = new ArrayList<Group>();
        for (var group :
                ask("GET", queue, "/dead-letters/groups", "")
                        .map(AdminApi::list)
                        .orElse(List.of())) {
            groups.add(
                    new Group(text(group, "reason"), text(group, "code"), number(group, "count")));
        }
        return groups;
    }

    /// Everything goes back to where it died.
    ///
    /// @return false when the broker would not
    boolean redrive(String queue) throws InterruptedException {
        return ask("POST", queue, "/redrives", "{\"per_second\": 50}").isPresent();
    }

    private static List<JsonNode> list(JsonNode json) {
        return json.isArray()
                ? json.asArray()
                : json.field("groups").map(JsonNode::asArray).orElse(List.of());
    }

    private Optional<JsonNode> ask(String method, String queue, String rest, String body)
            throws InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(root + encoded(queue) + rest))
                        .timeout(PATIENCE)
                        .header("Authorization", "Basic " + credentials())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() < FIRST_FAILURE
                    ? Optional.of(JsonNode.parser().parse(response.body()))
                    : Optional.empty();
        } catch (IOException away) {
            return Optional.empty();
        }
    }

    private static String encoded(String queue) {
        return URLEncoder.encode(queue, StandardCharsets.UTF_8);
    }

    private static String credentials() {
        return Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8));
    }

    private static long number(JsonNode json, String name) {
        return json.field(name)
                .filter(JsonNode::isNumber)
                .map(node -> Long.parseLong(node.asNumber()))
                .orElse(0L);
    }

    private static String text(JsonNode json, String name) {
        return json.field(name).filter(JsonNode::isString).map(JsonNode::text).orElse("");
    }
}
