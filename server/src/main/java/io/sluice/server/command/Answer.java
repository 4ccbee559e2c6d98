package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import java.util.List;

/// What the broker said to a request that it granted.
record Answer(int status, String text) {
    Json json() {
        return text.isBlank()
                ? JsonObject.object()
                : JsonReader.read(text)
                        .orElseThrow(
                                () ->
                                        new FailedException(
                                                "what answers is no broker of this kind: its answer is no JSON"));
    }

    JsonObject object() {
        return Column.row(json());
    }

    /// The items of a list, or of the field that holds it.
    List<Json> items(String field) {
        return switch (json()) {
            case Json.Array(var items) -> items;
            case JsonObject object when object.find(field) instanceof Json.Array(var items) ->
                    items;
            case JsonObject _, Json.Text _, Json.Digits _, Json.Bool _, Json.Null _ -> List.of();
        };
    }
}
