package io.sluice.conformance.torture.policies;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The admin API as an operator's script calls it. A broken call is no answer: the broker may have been killed.
final class Admin {
    private static final String MANAGED = "/api/queues/%2F/";
    private static final String QUEUES = "/api/sluice/queues/%2F/";
    private static final String GUEST =
            Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8));
    private static final Pattern BODY = Pattern.compile("\"body\":\"([^\"]*)\"");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]*)\"");
    private static final Pattern HOLDING =
            Pattern.compile("\"messages_(?:ready|unacknowledged|delayed)\":([0-9]+)");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");
    private static final Pattern RUNNING = Pattern.compile("\"state\":\"(running|paused)\"");

    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    Admin(int port) {
        this.port = port;
    }

    /// The numbers of the jobs among the dead letters.
    ///
    /// @return empty: the broker did not answer
    Optional<List<Integer>> deadLetters() {
        var numbers = new ArrayList<Integer>();
        var after = "";
        while (true) {
            var page = call("GET", QUEUES + WorkQueue.DEAD + "/dead-letters?limit=500" + after, "");
            if (page.isEmpty()) {
                return Optional.empty();
            }
            var body = BODY.matcher(page.get());
            while (body.find()) {
                numbers.add(WorkQueue.number(body.group(1)));
            }
            var next = NEXT.matcher(page.get());
            if (!next.find()) {
                return Optional.of(numbers);
            }
            after = "&after=" + next.group(1);
        }
    }

    /// How many messages the queue holds, in whatever state.
    Optional<Long> held(String queue) {
        return call("GET", MANAGED + queue, "")
                .map(
                        text ->
                                HOLDING.matcher(text)
                                        .results()
                                        .mapToLong(found -> Long.parseLong(found.group(1)))
                                        .sum());
    }

    /// The id of a redrive that has begun; empty: it has not, as another one runs or the broker did not answer.
    Optional<String> redrive(int perSecond) {
        return call(
                        "POST",
                        QUEUES + WorkQueue.DEAD + "/redrives",
                        perSecond == 0 ? "{}" : "{\"per_second\":" + perSecond + "}")
                .flatMap(Admin::id);
    }

    private static Optional<String> id(String text) {
        var found = ID.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /// @param what `pause`, `resume` or `cancel`
    void change(String redrive, String what) {
        var _ = call("POST", QUEUES + WorkQueue.DEAD + "/redrives/" + redrive + "/" + what, "{}");
    }

    /// @param id of the redrive that runs or is paused; empty: there is none
    record Running(Optional<String> id) {}

    /// Whether a redrive runs or is paused.
    ///
    /// @return empty: the broker did not answer
    Optional<Running> running() {
        return call("GET", QUEUES + WorkQueue.DEAD + "/redrives", "")
                .map(
                        text ->
                                new Running(
                                        RUNNING.matcher(text).find()
                                                ? id(text)
                                                : Optional.empty()));
    }

    private Optional<String> call(String method, String path, String body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("authorization", "Basic " + GUEST)
                        .header("content-type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() < 300 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
