package io.sluice.broker.push;

import io.sluice.broker.queue.Failure;
import java.util.Map;
import java.util.Optional;

/// One endpoint at one moment. There is nothing in it that must not be seen.
///
/// @param url without its query; as it was set when it is no address
/// @param problem why nothing is pushed at all; empty: nothing is in the way
/// @param inFlight requests that are not answered yet
/// @param limit so many may be, now: between 1 and `limitMax`, by what the endpoint answers
/// @param pausedUntilMillis the endpoint has asked for quiet until then, wall clock; 0: it has not
/// @param answers since the process started, by `2xx`, `3xx`, `4xx`, `5xx`, and by a failure's code where there was no answer (`timeout`)
/// @param lastStatus of the latest answer; 0: there was none yet
/// @param lastAnswerMillis when it came, wall clock; 0: there was none yet
/// @param latencyP50Millis,latencyP99Millis of the answers of the latest one to two minutes; 0: there were none
/// @param lastFailureMillis when that was, wall clock; 0: there was none
public record PushEndpointView(
        String namespace,
        String queue,
        String url,
        Optional<String> problem,
        int inFlight,
        int limit,
        int limitMax,
        long pausedUntilMillis,
        Map<String, Long> answers,
        int lastStatus,
        long lastAnswerMillis,
        double latencyP50Millis,
        double latencyP99Millis,
        Optional<Failure> lastFailure,
        long lastFailureMillis) {
    public PushEndpointView {
        answers = Map.copyOf(answers);
    }
}
