package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The fields of an object that somebody sent. What is wrong with one ends the request with a sentence.
record Sent(JsonObject object) {
    /// @throws io.sluice.admin.http.AnsweredException when another field is there: a slip in its name
    Sent only(Collection<String> names) {
        object.fields().keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw Problem.INVALID.ends(
                                    "'%s' is not known here; there are %s"
                                            .formatted(name, String.join(", ", names)));
                        });
        return this;
    }

    Optional<String> text(String name) {
        return switch (object.find(name)) {
            case null -> Optional.empty();
            case Json.Null _ -> Optional.empty();
            case Json.Text(String text) -> Optional.of(text);
            case Json.Digits _, Json.Bool _, Json.Array _, JsonObject _ ->
                    throw wrong(name, "a string");
        };
    }

    Optional<Integer> count(String name) {
        return switch (object.find(name)) {
            case null -> Optional.empty();
            case Json.Null _ -> Optional.empty();
            case Json.Digits digits when digits.isWhole() && digits.literal().length() < 10 ->
                    Optional.of(Integer.parseInt(digits.literal()));
            case Json.Digits _, Json.Text _, Json.Bool _, Json.Array _, JsonObject _ ->
                    throw wrong(name, "a whole number");
        };
    }

    Optional<JsonObject> child(String name) {
        return switch (object.find(name)) {
            case null -> Optional.empty();
            case Json.Null _ -> Optional.empty();
            case JsonObject child -> Optional.of(child);
            case Json.Digits _, Json.Text _, Json.Bool _, Json.Array _ ->
                    throw wrong(name, "an object");
        };
    }

    /// An object whose values are texts, numbers or truth.
    Optional<Map<String, String>> texts(String name) {
        return child(name).map(object -> texts(name, object));
    }

    private static Map<String, String> texts(String name, JsonObject object) {
        var texts = new HashMap<String, String>();
        object.fields()
                .forEach(
                        (field, value) ->
                                texts.put(
                                        field,
                                        switch (value) {
                                            case Json.Text(String text) -> text;
                                            case Json.Digits(String literal) -> literal;
                                            case Json.Bool(boolean flag) -> Boolean.toString(flag);
                                            case Json.Null _, Json.Array _, JsonObject _ ->
                                                    throw wrong(name + "." + field, "a string");
                                        }));
        return texts;
    }

    private static RuntimeException wrong(String name, String what) {
        return Problem.INVALID.ends("'%s' must be %s".formatted(name, what));
    }
}
