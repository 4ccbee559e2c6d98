package io.sluice.admin.sluice;

import io.sluice.admin.http.Query;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.LetterFilter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Filters as this API has them: `reason`, `code`, `source`, `from`, `to`, `key`, `header` (`name:value`), `text`. What is wrong with one ends the request.
final class LetterFilters {
    private static final Set<String> NAMES =
            Set.of("reason", "code", "source", "from", "to", "key", "header", "text");

    private LetterFilters() {}

    static LetterFilter of(Query query) {
        return of(query::text);
    }

    static LetterFilter of(JsonObject sent) {
        for (var name : sent.fields().keySet()) {
            if (!NAMES.contains(name)) {
                throw Problem.INVALID.ends("a filter has no '" + name + "'");
            }
        }
        return of(name -> text(sent, name));
    }

    private static Optional<String> text(JsonObject sent, String name) {
        return switch (sent.find(name)) {
            case null -> Optional.empty();
            case Json.Null _ -> Optional.empty();
            case Json.Text(String text) -> Optional.of(text);
            case Json.Digits _, Json.Bool _, Json.Array _, JsonObject _ ->
                    throw Problem.INVALID.ends("'filter." + name + "' must be a string");
        };
    }

    private static LetterFilter of(Function<String, Optional<String>> field) {
        var header = field.apply("header").orElse("");
        int colon = header.indexOf(':');
        if (!header.isEmpty() && colon < 1) {
            throw Problem.INVALID.ends("'header' must be a name and a value, a colon between");
        }
        try {
            return new LetterFilter(
                    field.apply("reason").orElse(""),
                    field.apply("code").orElse(""),
                    field.apply("source").orElse(""),
                    millis(field, "from"),
                    millis(field, "to"),
                    field.apply("key").orElse(""),
                    header.isEmpty() ? "" : header.substring(0, colon),
                    header.isEmpty() ? "" : header.substring(colon + 1),
                    field.apply("text").orElse(""));
        } catch (IllegalArgumentException tooLong) {
            throw Problem.INVALID.ends(String.valueOf(tooLong.getMessage()));
        }
    }

    private static long millis(Function<String, Optional<String>> field, String name) {
        var text = field.apply(name);
        try {
            return text.isEmpty() ? -1 : Math.max(0, Instant.parse(text.get()).toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException _) {
            throw Problem.INVALID.ends(
                    "'" + name + "' must be a time such as 2026-11-28T12:00:00Z");
        }
    }

    static JsonObject json(LetterFilter filter) {
        var json = JsonObject.object();
        put(json, "reason", filter.reason());
        put(json, "code", filter.code());
        put(json, "source", filter.source());
        put(json, "from", time(filter.fromMillis()));
        put(json, "to", time(filter.toMillis()));
        put(json, "key", filter.key());
        put(
                json,
                "header",
                filter.headerName().isEmpty()
                        ? ""
                        : filter.headerName() + ":" + filter.headerValue());
        put(json, "text", filter.containing());
        return json;
    }

    private static String time(long millis) {
        return millis < 0 ? "" : Instant.ofEpochMilli(millis).toString();
    }

    private static void put(JsonObject json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }
}
