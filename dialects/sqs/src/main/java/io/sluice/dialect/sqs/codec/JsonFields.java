package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.json.JsonValue;
import io.sluice.dialect.sqs.protocol.ErrorKind;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object.
record JsonFields(Map<String, JsonValue> members) implements Fields {
    @Override
    public @Nullable String text(String name) {
        return switch (members.get(name)) {
            case null -> null;
            case JsonValue.Text(String value) -> value;
            case JsonValue.Digits _, JsonValue.Bool _, JsonValue.Structure _, JsonValue.Items _ ->
                    throw unfit(name, "a string");
        };
    }

    /// Some clients write numbers as strings.
    @Override
    public @Nullable Long integer(String name) {
        return switch (members.get(name)) {
            case null -> null;
            case JsonValue.Digits(String literal) -> integer(name, literal);
            case JsonValue.Text(String literal) -> integer(name, literal);
            case JsonValue.Bool _, JsonValue.Structure _, JsonValue.Items _ ->
                    throw unfit(name, "an integer");
        };
    }

    private static Long integer(String name, String literal) {
        try {
            return Long.valueOf(literal);
        } catch (NumberFormatException e) {
            throw unfit(name, "an integer");
        }
    }

    @Override
    public @Nullable ByteBuffer bytes(String name) {
        var text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw unfit(name, "Base64");
        }
    }

    @Override
    public List<String> texts(Member list) {
        var texts = new ArrayList<String>();
        for (var item : items(list.json())) {
            if (!(item instanceof JsonValue.Text(String value))) {
                throw unfit(list.json(), "a list of strings");
            }
            texts.add(value);
        }
        return texts;
    }

    @Override
    public List<Fields> structures(Member list) {
        var structures = new ArrayList<Fields>();
        for (var item : items(list.json())) {
            structures.add(structure(list.json(), item));
        }
        return structures;
    }

    private List<JsonValue> items(String name) {
        return switch (members.get(name)) {
            case null -> List.of();
            case JsonValue.Items(List<JsonValue> items) -> items;
            case JsonValue.Text _, JsonValue.Digits _, JsonValue.Bool _, JsonValue.Structure _ ->
                    throw unfit(name, "a list");
        };
    }

    @Override
    public Map<String, String> map(Member map) {
        var texts = new LinkedHashMap<String, String>();
        var within = within(map.json());
        for (var name : within.members().keySet()) {
            var value = within.text(name);
            if (value != null) {
                texts.put(name, value);
            }
        }
        return texts;
    }

    @Override
    public Map<String, Fields> structureMap(Member map) {
        var structures = new LinkedHashMap<String, Fields>();
        within(map.json())
                .members()
                .forEach((name, value) -> structures.put(name, structure(name, value)));
        return structures;
    }

    private JsonFields within(String name) {
        var value = members.get(name);
        return value == null ? new JsonFields(Map.of()) : structure(name, value);
    }

    private static JsonFields structure(String name, JsonValue value) {
        if (value instanceof JsonValue.Structure(Map<String, JsonValue> members)) {
            return new JsonFields(members);
        }
        throw unfit(name, "a structure");
    }

    private static RefusedException unfit(String name, String wanted) {
        return new RefusedException(
                new SqsError(
                        ErrorKind.SERIALIZATION,
                        "The value of " + name + " is not " + wanted + "."));
    }
}
