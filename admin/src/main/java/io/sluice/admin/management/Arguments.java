package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.sluice.broker.policy.PolicySetting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Arguments between their JSON and the catalog's texts, of which equal values are equal.
public final class Arguments {
    private Arguments() {}

    /// What the catalog keeps.
    ///
    /// @throws AnsweredException when one is null, which AMQP's tables know but nobody means
    public static Map<String, String> texts(JsonObject arguments) {
        var texts = new HashMap<String, String>();
        arguments
                .fields()
                .forEach(
                        (name, value) -> {
                            if (value instanceof Json.Null) {
                                throw new AnsweredException(Answer.badRequest("null_not_allowed"));
                            }
                            texts.put(name, canonical(value).text());
                        });
        return texts;
    }

    /// What whoever asks sees, in the order of the names: no secrets.
    public static JsonObject shown(Map<String, String> texts) {
        var json = json(texts);
        texts.keySet().stream()
                .filter(Arguments::isSecret)
                .forEach(name -> json.put(name, PolicySetting.HIDDEN));
        return json;
    }

    private static boolean isSecret(String name) {
        return PolicySetting.ofArgument(name)
                .or(() -> PolicySetting.ofPolicyKey(name))
                .filter(PolicySetting::isSecret)
                .isPresent();
    }

    /// What a reader of the catalog's texts sees, in the order of the names.
    static JsonObject json(Map<String, String> texts) {
        var json = JsonObject.object();
        new TreeMap<>(texts).forEach((name, text) -> json.put(name, value(text)));
        return json;
    }

    /// One of the catalog's values. A text that is no JSON, which nobody writes, shows as a string.
    static Json value(String text) {
        return JsonReader.read(text).orElseGet(() -> Json.of(text));
    }

    /// The same value with the fields of every object in the order of their names and every fraction written in one way.
    private static Json canonical(Json value) {
        return switch (value) {
            case JsonObject object -> {
                var sorted = JsonObject.object();
                new TreeMap<>(object.fields())
                        .forEach((name, field) -> sorted.put(name, canonical(field)));
                yield sorted;
            }
            case Json.Array(List<Json> items) ->
                    new Json.Array(items.stream().map(Arguments::canonical).toList());
            case Json.Digits digits ->
                    digits.isWhole() ? digits : Json.of(Double.parseDouble(digits.literal()));
            case Json.Text _, Json.Bool _, Json.Null _ -> value;
        };
    }
}
