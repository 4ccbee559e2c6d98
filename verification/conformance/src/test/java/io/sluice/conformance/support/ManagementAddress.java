package io.sluice.conformance.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/// Where the management API of the broker under test is.
public record ManagementAddress(String host, int port) {
    private static final String GUEST =
            Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8));

    /// @param text `host:port`
    static ManagementAddress parse(String text) {
        var colon = text.lastIndexOf(':');
        return new ManagementAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /// @param path behind `/api/`, encoded
    public String url(String path) {
        return "http://" + host + ":" + port + "/api/" + path;
    }

    /// A name that no other test has.
    public String name(String hint) {
        return hint + "-" + UUID.randomUUID();
    }

    /// Asks as guest.
    public HttpResponse<String> call(String method, String path, String body) {
        var request =
                HttpRequest.newBuilder(URI.create(url(path)))
                        .header("authorization", "Basic " + GUEST)
                        .header("content-type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
