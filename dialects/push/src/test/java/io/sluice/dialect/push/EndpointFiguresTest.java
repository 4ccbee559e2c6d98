package io.sluice.dialect.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Failure;
import io.sluice.transport.http.HttpOutcome;
import io.sluice.transport.http.HttpOutcome.Cause;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class EndpointFiguresTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final Percentage ABOUT = Percentage.withPercentage(1);

    private final EndpointFigures figures = new EndpointFigures();

    @Test
    void answersAreCountedByClassAndFailuresByTheirCause() {
        answered(200, 1);
        answered(204, 1);
        answered(503, 1);
        figures.ended(new HttpOutcome.Failed(Cause.TIMEOUT, ""), Optional.empty(), 1, NOW + 7);

        assertThat(figures.answers()).isEqualTo(Map.of("2xx", 2L, "5xx", 1L, "timeout", 1L));
        assertThat(figures.lastStatus()).isEqualTo(503);
        assertThat(figures.lastAnswerMillis()).isEqualTo(NOW);
    }

    @Test
    void theLatestFailureStaysThroughWhatSucceeds() {
        var failure = new Failure("timeout", "late");
        figures.ended(new HttpOutcome.Failed(Cause.TIMEOUT, ""), Optional.of(failure), 1, NOW);
        answered(200, 1);

        assertThat(figures.lastFailure()).contains(failure);
        assertThat(figures.lastFailureMillis()).isEqualTo(NOW);
    }

    @Test
    void latenciesAreMillisecondsOfTheLatestOneToTwoMinutes() {
        assertThat(figures.latencyMillis(50, NOW)).isZero();
        for (int i = 0; i < 98; i++) {
            answered(200, 5);
        }
        answered(200, 400);
        answered(200, 400);

        assertThat(figures.latencyMillis(50, NOW)).isCloseTo(5, ABOUT);
        assertThat(figures.latencyMillis(99, NOW)).isCloseTo(400, ABOUT);
        assertThat(figures.latencyMillis(99, NOW + MINUTE)).isCloseTo(400, ABOUT);
        assertThat(figures.latencyMillis(99, NOW + 2 * MINUTE)).isZero();
    }

    private void answered(int status, long millis) {
        figures.ended(
                new HttpOutcome.Answered(status, Map.of(), ByteBuffer.allocate(0)),
                Optional.empty(),
                millis * 1_000_000,
                NOW);
    }
}
