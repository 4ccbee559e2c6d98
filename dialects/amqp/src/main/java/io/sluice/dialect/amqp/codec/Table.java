package io.sluice.dialect.amqp.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A field table, in the order of its fields. A name that comes twice means its first value.
public record Table(Map<String, Value> fields) implements Value {
    public static final Table EMPTY = new Table(Map.of());

    public Table {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Table of(String name, Value value) {
        return new Table(Map.of(name, value));
    }

    /// The same with one field more.
    public Table and(String name, Value value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Table(more);
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public Optional<Value> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /// The field if it is a text.
    public Optional<String> text(String name) {
        return fields.get(name) instanceof Value.Text(Octets octets)
                ? Optional.of(octets.text())
                : Optional.empty();
    }

    /// The field if it is a whole number, of any width.
    public Optional<Long> whole(String name) {
        return fields.get(name) instanceof Value.Whole(Width _, long value)
                ? Optional.of(value)
                : Optional.empty();
    }

    /// Whether the field is there and true.
    public boolean isTrue(String name) {
        return fields.get(name) instanceof Value.Bool(boolean value) && value;
    }

    /// Each field as JSON text, as the broker keeps arguments.
    public Map<String, String> toJson() {
        var json = new LinkedHashMap<String, String>();
        fields.forEach((name, value) -> json.put(name, Json.text(value)));
        return json;
    }

    /// The table of which [#toJson] gives these texts.
    ///
    /// @throws IllegalArgumentException when one is no JSON
    public static Table ofJson(Map<String, String> json) {
        var fields = new LinkedHashMap<String, Value>();
        json.forEach((name, text) -> fields.put(name, Json.value(text)));
        return new Table(fields);
    }
}
