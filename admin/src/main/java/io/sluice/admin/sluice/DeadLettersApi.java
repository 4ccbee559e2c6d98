package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// `/api/sluice/queues/../dead-letters`: looking at a queue's dead letters without anything of them changing, and removing one.
final class DeadLettersApi {
    private static final String PATH = "sluice/queues/{namespace}/{name}/dead-letters";
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 1_000;

    /// What is shown of a body in a list.
    private static final int BODY_BYTES = 2_000;

    /// So much is looked at for one answer; the next one goes on from there.
    private static final long LETTERS_LOOKED_AT = 10_000;

    private static final long BYTES_LOOKED_AT = 64L << 20;

    /// For one that is about all of them.
    static final long ALL_LETTERS_MAX = 1_000_000;

    static final long ALL_BYTES_MAX = 4L << 30;

    private final ManagementServices services;
    private final LetterQueues queues;

    DeadLettersApi(ManagementServices services, LetterQueues queues) {
        this.services = services;
        this.queues = queues;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at(PATH).get(Problem.in(this::list)),
                Resource.at(PATH + "/groups").get(Problem.in(this::groups)),
                Resource.at(PATH + "/{letter}")
                        .get(Problem.in(this::show))
                        .delete(Problem.in(this::remove)));
    }

    private CompletableFuture<Answer> list(Call call) {
        var filter = LetterFilters.of(call.query());
        int limit = limit(call);
        var letters = new ArrayList<JsonObject>();
        return new LetterScan(
                        services,
                        queues.queue(call),
                        after(call).map(LetterId::behind).orElse(LetterId.FIRST),
                        LETTERS_LOOKED_AT,
                        BYTES_LOOKED_AT,
                        letter -> {
                            if (filter.matches(letter.view())) {
                                letters.add(LetterJson.json(letter, BODY_BYTES));
                            }
                            return letters.size() < limit;
                        })
                .run()
                .thenApply(next -> Answer.ok(page(letters, next)));
    }

    private static JsonObject page(List<JsonObject> letters, Optional<LetterId> next) {
        return JsonObject.object()
                .put("letters", letters)
                .put(
                        "next",
                        next.<Json>map(
                                        id ->
                                                Json.of(
                                                        new LetterId(
                                                                        id.partition(),
                                                                        id.offset() - 1)
                                                                .text()))
                                .orElseGet(Json::nothing));
    }

    private CompletableFuture<Answer> groups(Call call) {
        var filter = LetterFilters.of(call.query());
        var groups = new LetterGroups();
        return new LetterScan(
                        services,
                        queues.queue(call),
                        LetterId.FIRST,
                        ALL_LETTERS_MAX,
                        ALL_BYTES_MAX,
                        letter -> {
                            if (filter.matches(letter.view())) {
                                groups.add(letter);
                            }
                            return true;
                        })
                .run()
                .thenApply(
                        next ->
                                new Answer(
                                        200,
                                        next.isEmpty()
                                                ? Map.of()
                                                : Map.of("sluice-incomplete", "true"),
                                        Optional.of(new Json.Array(List.copyOf(groups.json())))));
    }

    private CompletableFuture<Answer> show(Call call) {
        return queues.letter(call)
                .thenApply(
                        letter -> {
                            var view = services.messages().view(letter.record());
                            return Answer.ok(
                                    LetterJson.json(letter, Integer.MAX_VALUE)
                                            .put("exchange", view.exchange())
                                            .put("routing_key", view.routingKey())
                                            .put("properties", view.properties()));
                        });
    }

    private CompletableFuture<Answer> remove(Call call) {
        var part = queues.part(call);
        var id = queues.id(call);
        return services.asks()
                .<Boolean>ask(reply -> services.broker().queues().remove(part, id.offset(), reply))
                .thenApply(
                        was -> {
                            if (!was) {
                                throw queues.missing(call);
                            }
                            return Answer.noContent();
                        });
    }

    private static Optional<LetterId> after(Call call) {
        return call.query()
                .text("after")
                .filter(text -> !text.isEmpty())
                .map(
                        text ->
                                LetterId.of(text)
                                        .orElseThrow(
                                                () ->
                                                        Problem.INVALID.ends(
                                                                "'after' must be what an answer had as 'next'")));
    }

    private static int limit(Call call) {
        try {
            int limit = call.query().text("limit").map(Integer::parseInt).orElse(LIMIT);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // As wrong as one that is too large.
        }
        throw Problem.INVALID.ends("'limit' must be 1 to " + LIMIT_MAX);
    }
}
