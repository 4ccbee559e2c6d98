package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.RedriveProgress;
import java.util.Locale;

/// A redrive as this API shows it.
final class RedriveJson {
    private RedriveJson() {}

    static JsonObject running(Redrive task, RedriveProgress progress) {
        return task(task, task.paused() ? "paused" : "running")
                .put("moved", progress.moved())
                .put("skipped", progress.skipped())
                .put("failed", progress.failed());
    }

    static JsonObject ended(Ended ended) {
        var json =
                task(ended.task(), ended.status().name().toLowerCase(Locale.ROOT))
                        .put("moved", ended.moved())
                        .put("skipped", ended.skipped())
                        .put("failed", ended.failed());
        if (ended.endedMillis() > 0) {
            json.put("ended", LetterJson.time(ended.endedMillis()));
        }
        ended.failure().ifPresent(why -> json.put("failure", why));
        return json;
    }

    private static JsonObject task(Redrive task, String state) {
        return JsonObject.object()
                .put("id", task.id())
                .put("state", state)
                .put("to", task.to().<Json>map(Json::of).orElseGet(Json::nothing))
                .put("filter", LetterFilters.json(task.filter()))
                .put("per_second", known(task.perSecond()))
                .put("max", known(task.max()))
                .put("started", LetterJson.time(task.startedMillis()))
                .put("messages", task.toMove());
    }

    private static Json known(long number) {
        return number == 0 ? Json.nothing() : Json.of(number);
    }
}
