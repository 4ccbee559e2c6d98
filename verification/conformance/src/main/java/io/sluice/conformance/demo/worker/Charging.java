package io.sluice.conformance.demo.worker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks the gateway.
final class Charging {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;
    private static final int UNREADABLE = 422;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;

    Charging(URI gateway) {
        this.gateway = gateway;
    }

    /// How it went.
    enum Outcome {
        CHARGED,
        /// It will never charge this one.
        IMPOSSIBLE,
        /// Not now.
        FAILED
    }

    Outcome charge(String payment) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(gateway)
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(payment))
                        .build();
        try {
            return switch (http.send(request, BodyHandlers.discarding()).statusCode()) {
                case OK -> Outcome.CHARGED;
                case UNREADABLE -> Outcome.IMPOSSIBLE;
                default -> Outcome.FAILED;
            };
        } catch (IOException unreachable) {
            return Outcome.FAILED;
        }
    }
}
