package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/// One value of an answer as a text for people.
final class Value {
    private Value() {}

    /// What lies at `a.b.c`.
    ///
    /// @return empty: nothing, or null
    static Optional<Json> at(JsonObject object, String path) {
        int dot = path.indexOf('.');
        if (dot > 0 && !object.has(path)) {
            return object.child(path.substring(0, dot))
                    .flatMap(child -> at(child, path.substring(dot + 1)));
        }
        return Optional.ofNullable(object.find(path))
                .filter(found -> !(found instanceof Json.Null));
    }

    /// A string as it is, for sending it on.
    static String raw(Json value) {
        return value instanceof Json.Text(String text) ? text : value.text();
    }

    /// On one line.
    static String text(Json value) {
        return switch (value) {
            case Json.Text(String text) -> Printable.of(text);
            case Json.Digits(String literal) -> literal;
            case Json.Bool(boolean bool) -> bool ? "yes" : "no";
            case Json.Null _ -> "";
            case Json.Array(var items) ->
                    items.stream().map(Value::text).collect(Collectors.joining(", "));
            case JsonObject object ->
                    object.fields().entrySet().stream()
                            .map(
                                    field ->
                                            Printable.of(field.getKey())
                                                    + "="
                                                    + text(field.getValue()))
                            .collect(Collectors.joining(" "));
        };
    }

    static String count(Json value) {
        return value instanceof Json.Digits digits ? number(digits) : text(value);
    }

    private static String number(Json.Digits digits) {
        if (digits.isWhole() && digits.literal().length() < 19) {
            return Legible.count(Long.parseLong(digits.literal()));
        }
        return new BigDecimal(digits.literal()).toPlainString();
    }

    static String distance(Json value, Instant now) {
        var text = text(value);
        return Legible.instant(text).map(time -> Legible.distance(time, now)).orElse(text);
    }
}
