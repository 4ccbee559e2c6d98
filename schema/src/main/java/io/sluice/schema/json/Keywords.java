package io.sluice.schema.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads what a schema says at one place.
final class Keywords {
    /// The schema that lets everything through.
    static final JsonNode ANYTHING = BooleanNode.TRUE;

    private static final Set<String> ALL_TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string", "integer");

    private static final Set<String> SAYING_NOTHING =
            Set.of(
                    "$ref",
                    "$schema",
                    "$id",
                    "$comment",
                    "title",
                    "description",
                    "$defs",
                    "definitions",
                    "default",
                    "examples");

    private Keywords() {}

    /// The draft that a whole schema follows.
    static String draft(JsonNode root) {
        var named = root.get("$schema");
        return named != null && named.isString() ? named.stringValue() : Dialects.DEFAULT;
    }

    /// What a `$ref` refers to.
    static @Nullable String reference(JsonNode node) {
        var ref = node.get("$ref");
        return ref != null && ref.isString() ? ref.stringValue() : null;
    }

    /// Whether there is more than the reference that says something about a value.
    static boolean hasMore(JsonNode node) {
        return !withoutReference(node).isEmpty();
    }

    /// What says something about a value beside the reference.
    static JsonNode withoutReference(JsonNode node) {
        var rest = JsonNodeFactory.instance.objectNode();
        for (var entry : node.properties()) {
            if (!SAYING_NOTHING.contains(entry.getKey())) {
                rest.set(entry.getKey(), entry.getValue());
            }
        }
        return rest;
    }

    /// The place of `root` that a reference within the text means; null where it is none that is looked at.
    static @Nullable JsonNode target(JsonNode root, String ref) {
        if (ref.equals("#")) {
            return root;
        }
        if (!ref.startsWith("#/") || ref.contains("%")) {
            return null;
        }
        var node = root;
        for (var part : ref.substring(2).split("/", -1)) {
            node = node.get(part.replace("~1", "/").replace("~0", "~"));
            // Another id in between would make it another schema's place.
            if (node == null || node.has("$id")) {
                return null;
            }
        }
        return node;
    }

    static boolean takesAll(JsonNode node) {
        return isTrue(node)
                || (node.isObject() && withoutReference(node).isEmpty() && !node.has("$ref"));
    }

    static boolean isTrue(@Nullable JsonNode node) {
        return node != null && node.isBoolean() && node.booleanValue();
    }

    static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    /// The types that a value may have; all of them where none is said.
    static Set<String> types(JsonNode node) {
        var type = node.get("type");
        return type == null
                ? ALL_TYPES
                : type.isString() ? Set.of(type.stringValue()) : texts(type);
    }

    /// Where no type is said, the values may say it.
    static Set<String> typesOfValues(JsonNode node) {
        var values = node.has("type") ? null : values(node);
        if (values == null) {
            return types(node);
        }
        var types = new TreeSet<String>();
        values.forEach(value -> types.add(type(value)));
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> "null";
            case BOOLEAN -> "boolean";
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
        };
    }

    static Set<String> texts(@Nullable JsonNode array) {
        var texts = new TreeSet<String>();
        if (array != null) {
            array.forEach(item -> texts.add(item.asString()));
        }
        return texts;
    }

    /// The values that are allowed; null where they are not listed.
    static @Nullable List<JsonNode> values(JsonNode node) {
        if (node.has("const")) {
            return List.of(node.get("const"));
        }
        if (!node.has("enum")) {
            return null;
        }
        var values = new ArrayList<JsonNode>();
        node.get("enum").forEach(values::add);
        return values;
    }

    static @Nullable JsonNode property(JsonNode schema, String name) {
        var properties = schema.get("properties");
        return properties == null ? null : properties.get(name);
    }

    static JsonNode additionalProperties(JsonNode schema) {
        var additional = schema.get("additionalProperties");
        return additional == null ? ANYTHING : additional;
    }

    /// The names that an object under `keyword` has.
    static Set<String> names(JsonNode schema, String keyword) {
        var of = schema.get(keyword);
        return of == null ? new TreeSet<>() : new TreeSet<>(of.propertyNames());
    }
}
