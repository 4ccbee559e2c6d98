package io.sluice.server.command;

import io.sluice.admin.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/// The admin port of one broker, asked by one user.
final class Api implements AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);
    private static final int REDIRECTS = 300;

    private final String url;
    private final String authorization;
    private final HttpClient http;

    /// @param url without a path, or with one that a proxy has put before the broker's
    Api(String url, String user, String password) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        var secret = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(secret);
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_MAX)
                        .build();
    }

    /// A name as one piece of a path or query.
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Answer get(String path) {
        return granted(request(path).GET().build());
    }

    Answer delete(String path) {
        return granted(request(path).DELETE().build());
    }

    Answer send(String method, String path, Json body) {
        return granted(with(method, path, body, "application/json"));
    }

    Answer sendSchema(String method, String path, Json body) {
        return granted(with(method, path, body, "application/vnd.schemaregistry.v1+json"));
    }

    /// As [#send], without waiting; fails with a [FailedException].
    CompletableFuture<Answer> start(String method, String path, Json body) {
        return http.sendAsync(with(method, path, body, "application/json"), BodyHandlers.ofString())
                .thenApply(Api::granted);
    }

    private HttpRequest with(String method, String path, Json body, String type) {
        return request(path)
                .header("content-type", type)
                .method(method, BodyPublishers.ofString(body.text()))
                .build();
    }

    /// @param path from the root, encoded
    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(ANSWER_MAX)
                    .header("authorization", authorization);
        } catch (IllegalArgumentException _) {
            throw new FailedException("--url: \"" + url + "\" is no http or https address");
        }
    }

    private Answer granted(HttpRequest request) {
        try {
            return granted(http.send(request, BodyHandlers.ofString()));
        } catch (HttpTimeoutException _) {
            throw new FailedException("the broker at " + url + " does not answer in time");
        } catch (ConnectException _) {
            throw unreachable();
        } catch (IOException broken) {
            throw new FailedException(
                    "the connection to " + url + " broke: " + broken.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        }
    }

    /// What a failure without an answer means.
    FailedException unreachable() {
        return new FailedException(
                "no broker answers at "
                        + url
                        + " (sluice serve starts one; --url or SLUICE_URL says where another is)");
    }

    private static Answer granted(HttpResponse<String> response) {
        if (response.statusCode() >= REDIRECTS) {
            throw new FailedException(Problem.sentence(response.statusCode(), response.body()));
        }
        return new Answer(response.statusCode(), response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
