package io.sluice.admin.http;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fields of an object that somebody sent, with RabbitMQ's leniency: truth may come as a string, and so may numbers.
///
/// Every method ends the request with an [AnsweredException] when the field is not what it should be.
public record Body(JsonObject fields) {

    /// A flag; `fallback` when it is missing.
    public boolean flag(String name, boolean fallback) {
        var value = fields.find(name);
        return switch (value) {
            case null -> fallback;
            case Json.Bool(boolean flag) -> flag;
            case Json.Text(String text) when text.equals("true") -> true;
            case Json.Text(String text) when text.equals("false") -> false;
            case Json.Text _, Json.Digits _, Json.Array _, Json.Null _, JsonObject _ ->
                    throw wrong("not_boolean", value);
        };
    }

    /// A string; none when it is missing or null.
    public Optional<String> text(String name) {
        return fields.text(name);
    }

    /// A string that must be there.
    public String required(String name) {
        if (!fields.has(name)) {
            throw missing(name);
        }
        return text(name).orElseThrow(() -> wrong("not_string", fields.find(name)));
    }

    /// A value that must be there.
    public Json requiredValue(String name) {
        var value = fields.find(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    /// An object that must be there.
    public JsonObject requiredObject(String name) {
        var value = requiredValue(name);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong("not_object", value);
    }

    /// A whole number that must be there.
    public long requiredNumber(String name) {
        var value = requiredValue(name);
        var text =
                switch (value) {
                    case Json.Digits(String digits) -> digits;
                    case Json.Text(String digits) -> digits;
                    case Json.Bool _, Json.Array _, Json.Null _, JsonObject _ ->
                            throw wrong("not_integer", value);
                };
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw wrong("not_integer", value);
        }
    }

    /// An object; an empty one when it is missing, null, or an empty array, as some tools send it.
    public JsonObject object(String name) {
        var value = fields.find(name);
        return switch (value) {
            case null -> JsonObject.object();
            case JsonObject object -> object;
            case Json.Null _ -> JsonObject.object();
            case Json.Array(List<Json> items) when items.isEmpty() -> JsonObject.object();
            case Json.Array _, Json.Text _, Json.Digits _, Json.Bool _ ->
                    throw wrong("not_object", value);
        };
    }

    /// The objects of an array; none when it is missing.
    public List<Body> objects(String name) {
        var value = fields.find(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Json.Array(List<Json> items))) {
            throw wrong("not_list", value);
        }
        return items.stream()
                .map(
                        item -> {
                            if (item instanceof JsonObject object) {
                                return new Body(object);
                            }
                            throw wrong("not_object", item);
                        })
                .toList();
    }

    private static AnsweredException missing(String name) {
        return new AnsweredException(Answer.badRequest("[{key_missing," + name + "}]"));
    }

    private static AnsweredException wrong(String what, @Nullable Json value) {
        return new AnsweredException(
                Answer.badRequest(
                        new Json.Array(
                                List.of(Json.of(what), value == null ? Json.nothing() : value))));
    }
}
