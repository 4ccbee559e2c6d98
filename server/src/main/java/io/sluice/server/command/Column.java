package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.time.Instant;
import java.util.function.BiFunction;

/// One column of a table: its title, and what of a row stands in it.
///
/// @param cell of a row at a moment; empty when there is nothing to say
record Column(String title, boolean right, BiFunction<JsonObject, Instant, String> cell) {
    static Column text(String title, String path) {
        return new Column(
                title, false, (row, _) -> Value.at(row, path).map(Value::text).orElse(""));
    }

    static Column count(String title, String path) {
        return new Column(
                title, true, (row, _) -> Value.at(row, path).map(Value::count).orElse(""));
    }

    /// Bytes that are sent as text where they are text.
    static Column bytes(String title, String name) {
        return new Column(
                title,
                false,
                (row, _) ->
                        Value.at(row, name)
                                .or(() -> Value.at(row, name + "_base64"))
                                .map(Value::text)
                                .orElse(""));
    }

    /// How far a moment is from now.
    static Column distance(String title, String path) {
        return new Column(
                title,
                true,
                (row, now) ->
                        Value.at(row, path).map(time -> Value.distance(time, now)).orElse(""));
    }

    /// Rows that are values themselves, not objects.
    static JsonObject row(Json value) {
        return value instanceof JsonObject object
                ? object
                : JsonObject.object().put("value", value);
    }
}
