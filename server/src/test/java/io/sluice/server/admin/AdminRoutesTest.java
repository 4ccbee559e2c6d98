package io.sluice.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AdminRoutesTest {
    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final AdminRoutes routes = new AdminRoutes(health, metrics);

    @Test
    void aStartingServerIsLiveButNotReady() {
        assertThat(status("/health/live")).isEqualTo(200);
        assertThat(status("/health/ready")).isEqualTo(503);
    }

    @Test
    void aStartedServerIsReady() {
        health.becomeReady();

        assertThat(routes.answer("GET", "/health/ready").body()).isEqualTo("ready\n");
        assertThat(status("/health/ready")).isEqualTo(200);
    }

    @Test
    void aStoppingServerIsLiveButNoLongerReady() {
        health.becomeReady();
        health.stop();
        health.becomeReady();

        assertThat(status("/health/live")).isEqualTo(200);
        assertThat(status("/health/ready")).isEqualTo(503);
    }

    @Test
    void aFailedServerStaysFailed() {
        health.fail();
        health.stop();

        assertThat(health.failed()).isTrue();
        assertThat(status("/health/live")).isEqualTo(503);
    }

    @Test
    void metricsAreReadWhenAskedFor() {
        var count = new double[1];
        metrics.counter("sluice_things_total", "Things.", () -> count[0]);
        count[0] = 7;

        var answer = routes.answer("GET", "/metrics");

        assertThat(answer.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body())
                .contains("# TYPE sluice_things_total counter\n", "sluice_things_total 7.0\n");
    }

    @Test
    void theProcessTellsWhatItCosts() {
        ProcessMetrics.register(metrics);

        assertThat(routes.answer("GET", "/metrics").body())
                .containsPattern("(?m)^sluice_process_cpu_seconds_total \\d")
                .containsPattern("(?m)^sluice_process_open_fds \\d")
                .containsPattern("(?m)^sluice_jvm_heap_used_bytes \\d")
                .containsPattern("(?m)^sluice_jvm_gc_seconds_total\\{collector=\"[^\"]+\"} \\d");
    }

    @Test
    void whatIsNotThereIsNotFoundAndNothingCanBeWritten() {
        assertThat(status("/")).isEqualTo(404);
        assertThat(routes.answer("POST", "/metrics").status()).isEqualTo(405);
    }

    private int status(String path) {
        return routes.answer("GET", path).status();
    }
}
