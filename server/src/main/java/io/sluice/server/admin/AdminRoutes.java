package io.sluice.server.admin;

import java.util.Locale;
import java.util.Map;

/// Which path is answered by what. Knows nothing of sockets.
public final class AdminRoutes {
    static final String METRICS = "/metrics";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    /// Who may use the API learns here how, before he says who he is.
    static final String CONTRACT = "/api/sluice/openapi.yaml";

    private final Health health;
    private final Metrics metrics;

    public AdminRoutes(Health health, Metrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    Page answer(String method, String path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Page.text(METHOD_NOT_ALLOWED, "only GET and HEAD");
        }
        return switch (path) {
            case "/health/live" -> state(health.state().live());
            case "/health/ready" -> state(health.state().ready());
            case CONTRACT -> new Page(OK, Map.of(), "application/yaml", Contract.text());
            case METRICS -> new Page(OK, Map.of(), Metrics.CONTENT_TYPE, metrics.text());
            default ->
                    Page.text(
                            NOT_FOUND,
                            "no such page; there are /health/live, /health/ready, /metrics, /api/...");
        };
    }

    private Page state(boolean good) {
        return Page.text(good ? OK : UNAVAILABLE, health.state().name().toLowerCase(Locale.ROOT));
    }
}
