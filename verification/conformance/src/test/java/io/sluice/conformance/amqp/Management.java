package io.sluice.conformance.amqp;

import io.sluice.conformance.support.AmqpAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What these tests ask of RabbitMQ's management API.
final class Management implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AmqpAddress broker;

    Management(AmqpAddress broker) {
        this.broker = broker;
    }

    /// Sets a policy on what has exactly the name `target`.
    ///
    /// @param definition JSON
    void policy(String name, String target, String applyTo, int priority, String definition)
            throws IOException, InterruptedException {
        expect(
                "PUT",
                "/api/policies/%2F/" + encoded(name),
                "{\"pattern\":\"^"
                        + target
                        + "$\",\"apply-to\":\""
                        + applyTo
                        + "\",\"priority\":"
                        + priority
                        + ",\"definition\":"
                        + definition
                        + "}");
    }

    void removePolicy(String name) throws IOException, InterruptedException {
        expect("DELETE", "/api/policies/%2F/" + encoded(name), "");
    }

    private void expect(String method, String path, String body)
            throws IOException, InterruptedException {
        var credentials = Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.US_ASCII));
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://"
                                                + broker.host()
                                                + ":"
                                                + broker.managementPort()
                                                + path))
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + answer + " " + answer.body());
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
