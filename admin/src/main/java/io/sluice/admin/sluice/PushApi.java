package io.sluice.admin.sluice;

import io.sluice.admin.Loop;
import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.push.PushEndpointView;
import io.sluice.broker.push.PushEndpoints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `/api/sluice/push`: the endpoints that queues deliver to.
final class PushApi {
    private final PushEndpoints endpoints;
    private final Loop loop;

    PushApi(PushEndpoints endpoints, Loop loop) {
        this.endpoints = endpoints;
        this.loop = loop;
    }

    List<Resource> resources() {
        return List.of(Resource.at("sluice/push").get(Problem.in(this::list)));
    }

    private CompletableFuture<Answer> list(Call call) {
        var answer = new CompletableFuture<Answer>();
        endpoints.look(
                views ->
                        loop.execute(
                                () ->
                                        answer.complete(
                                                Answer.ok(
                                                        views.stream()
                                                                .map(PushApi::json)
                                                                .toList()))));
        return answer;
    }

    private static JsonObject json(PushEndpointView view) {
        var json =
                JsonObject.object()
                        .put("namespace", view.namespace())
                        .put("queue", view.queue())
                        .put("url", view.url())
                        .put("in_flight", view.inFlight())
                        .put("limit", view.limit())
                        .put("limit_max", view.limitMax())
                        .put("answers", counts(view))
                        .put("latency_p50_ms", view.latencyP50Millis())
                        .put("latency_p99_ms", view.latencyP99Millis());
        view.problem().ifPresent(problem -> json.put("problem", problem));
        json.put("paused_until", time(view.pausedUntilMillis()));
        if (view.lastStatus() > 0) {
            json.put("last_status", view.lastStatus())
                    .put("last_answer", time(view.lastAnswerMillis()));
        }
        view.lastFailure()
                .ifPresent(
                        failure ->
                                json.put(
                                        "last_failure",
                                        JsonObject.object()
                                                .put("code", failure.code())
                                                .put("text", failure.text())
                                                .put("time", time(view.lastFailureMillis()))));
        return json;
    }

    private static JsonObject counts(PushEndpointView view) {
        var counts = JsonObject.object();
        view.answers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private static Json time(long millis) {
        return millis == 0 ? Json.nothing() : Json.of(Instant.ofEpochMilli(millis).toString());
    }
}
