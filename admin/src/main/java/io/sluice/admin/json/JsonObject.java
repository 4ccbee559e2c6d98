package io.sluice.admin.json;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON object that is being put together, or was read. Fields keep the order in which they came. Owned by one thread.
public final class JsonObject implements Json {
    private final Map<String, Json> fields = new LinkedHashMap<>();

    /// An empty one.
    public static JsonObject object() {
        return new JsonObject();
    }

    public JsonObject put(String name, Json value) {
        fields.put(name, value);
        return this;
    }

    public JsonObject put(String name, String value) {
        return put(name, Json.of(value));
    }

    public JsonObject put(String name, long value) {
        return put(name, Json.of(value));
    }

    public JsonObject put(String name, double value) {
        return put(name, Json.of(value));
    }

    public JsonObject put(String name, boolean value) {
        return put(name, Json.of(value));
    }

    public JsonObject put(String name, Collection<? extends Json> items) {
        return put(name, new Array(List.copyOf(items)));
    }

    /// All fields of `other`, over those of the same name.
    public JsonObject putAll(JsonObject other) {
        fields.putAll(other.fields);
        return this;
    }

    public JsonObject remove(String name) {
        fields.remove(name);
        return this;
    }

    public @Nullable Json find(String name) {
        return fields.get(name);
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /// The field, if it is there and a string.
    public Optional<String> text(String name) {
        return fields.get(name) instanceof Text(String value)
                ? Optional.of(value)
                : Optional.empty();
    }

    /// The field, if it is there and an object.
    public Optional<JsonObject> child(String name) {
        return fields.get(name) instanceof JsonObject child ? Optional.of(child) : Optional.empty();
    }

    public Map<String, Json> fields() {
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject object && fields.equals(object.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
