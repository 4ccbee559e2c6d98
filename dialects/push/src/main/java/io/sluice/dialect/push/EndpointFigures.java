package io.sluice.dialect.push;

import io.sluice.broker.queue.Failure;
import io.sluice.transport.http.HttpOutcome;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What an endpoint has answered and how long that took. Owned by its endpoint.
final class EndpointFigures {
    private static final int DIGITS = 2;
    private static final long WINDOW_MILLIS = 60_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long MICRO = 1_000;

    private final Map<String, Long> answers = new TreeMap<>();
    private Histogram latest = new Histogram(DIGITS);
    private Histogram before = new Histogram(DIGITS);
    private long latestSinceMillis;
    private int lastStatus;
    private long lastAnswerMillis;
    private Optional<Failure> lastFailure = Optional.empty();
    private long lastFailureMillis;

    void ended(HttpOutcome outcome, Optional<Failure> failure, long nanos, long nowMillis) {
        switch (outcome) {
            case HttpOutcome.Answered answer -> {
                answers.merge(answer.status() / 100 + "xx", 1L, Long::sum);
                lastStatus = answer.status();
                lastAnswerMillis = nowMillis;
                roll(nowMillis);
                latest.recordValue(Math.max(0, nanos / MICRO));
            }
            case HttpOutcome.Failed failed ->
                    answers.merge(failed.cause().name().toLowerCase(Locale.ROOT), 1L, Long::sum);
        }
        if (failure.isPresent()) {
            lastFailure = failure;
            lastFailureMillis = nowMillis;
        }
    }

    Map<String, Long> answers() {
        return answers;
    }

    int lastStatus() {
        return lastStatus;
    }

    long lastAnswerMillis() {
        return lastAnswerMillis;
    }

    Optional<Failure> lastFailure() {
        return lastFailure;
    }

    long lastFailureMillis() {
        return lastFailureMillis;
    }

    /// Of the answers of the latest one to two minutes; 0: there were none.
    double latencyMillis(double percentile, long nowMillis) {
        roll(nowMillis);
        var both = before.copy();
        both.add(latest);
        return both.getTotalCount() == 0
                ? 0
                : both.getValueAtPercentile(percentile) * MICRO / NANOS_PER_MILLI;
    }

    private void roll(long nowMillis) {
        long age = nowMillis - latestSinceMillis;
        if (age < WINDOW_MILLIS) {
            return;
        }
        before = age < 2 * WINDOW_MILLIS ? latest : new Histogram(DIGITS);
        latest = new Histogram(DIGITS);
        latestSinceMillis = nowMillis;
    }
}
