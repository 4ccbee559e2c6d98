package io.sluice.server.admin;

import java.util.Locale;

/// Which path is answered by what. Knows nothing of sockets.
public final class AdminRoutes {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final Health health;
    private final Metrics metrics;

    public AdminRoutes(Health health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    Answer answer(String method, String path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.text(METHOD_NOT_ALLOWED, "only GET and HEAD");
        }
        return switch (path) {
            case "/health/live" -> state(health.state().live());
            case "/health/ready" -> state(health.state().ready());
            case "/metrics" -> new Answer(OK, Metrics.CONTENT_TYPE, metrics.text());
            default ->
                    Answer.text(
                            NOT_FOUND,
                            "no such page; there are /health/live, /health/ready, /metrics");
        };
    }

    private Answer state(boolean good) {
        return Answer.text(good ? OK : UNAVAILABLE, health.state().name().toLowerCase(Locale.ROOT));
    }
}
