package io.sluice.admin.http;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fields of an answer by their paths: `name`, `message_stats.publish_details.rate`.
final class Columns {
    private Columns() {}

    /// The value with only those columns: of an object, of each object of an array, or of each of a page's items.
    static Json only(List<String> columns, Json value) {
        return switch (value) {
            case JsonObject page when isPage(page) ->
                    JsonObject.object().putAll(page).put("items", only(columns, items(page)));
            case JsonObject object -> ofObject(columns, object);
            case Json.Array(List<Json> items) ->
                    new Json.Array(items.stream().map(item -> only(columns, item)).toList());
            case Json.Text _, Json.Digits _, Json.Bool _, Json.Null _ -> value;
        };
    }

    /// The value at the end of a path; null when there is none.
    static @Nullable Json find(JsonObject object, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return object.find(path);
        }
        return object.find(path.substring(0, dot)) instanceof JsonObject child
                ? find(child, path.substring(dot + 1))
                : null;
    }

    private static JsonObject ofObject(List<String> columns, JsonObject object) {
        var only = JsonObject.object();
        for (var column : columns) {
            copy(object, column, only);
        }
        return only;
    }

    private static void copy(JsonObject from, String path, JsonObject into) {
        int dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        var value = from.find(name);
        if (value == null) {
            return;
        }
        if (dot < 0) {
            into.put(name, value);
        } else if (value instanceof JsonObject child) {
            var some = into.child(name).orElseGet(JsonObject::object);
            copy(child, path.substring(dot + 1), some);
            if (!some.isEmpty()) {
                into.put(name, some);
            }
        }
    }

    private static boolean isPage(JsonObject object) {
        return object.has("items") && object.has("page_count");
    }

    private static Json items(JsonObject page) {
        var items = page.find("items");
        return items == null ? Json.Array.EMPTY : items;
    }
}
