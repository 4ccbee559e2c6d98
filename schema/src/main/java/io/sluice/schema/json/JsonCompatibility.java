package io.sluice.schema.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Whether everything that one schema, the writer's, lets through is let through by another one, the reader's.
///
/// Sound and not complete: where it finds nothing, nothing is there; where two schemas say the same in different ways it may find something. What it
/// compares part by part are types, enumerations, limits, properties, items, `anyOf` and references within the text; of all other keywords it demands
/// that the reader has none which the writer does not have just so.
final class JsonCompatibility {
    private static final int DEPTH_MAX = 200;
    private static final int STEPS_MAX = 100_000;
    private static final int FOUND_MAX = 20;
    private static final JsonNode ANYTHING = BooleanNode.TRUE;

    private static final Set<String> ALL_TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string", "integer");

    /// They say nothing about a value, or are compared below.
    private static final Set<String> COMPARED =
            Set.of(
                    "$schema",
                    "$id",
                    "id",
                    "$anchor",
                    "$comment",
                    "$defs",
                    "definitions",
                    "$vocabulary",
                    "title",
                    "description",
                    "default",
                    "examples",
                    "deprecated",
                    "readOnly",
                    "writeOnly",
                    "format",
                    "contentMediaType",
                    "contentEncoding",
                    "contentSchema",
                    "$ref",
                    "type",
                    "enum",
                    "const",
                    "minimum",
                    "exclusiveMinimum",
                    "minLength",
                    "minItems",
                    "minProperties",
                    "maximum",
                    "exclusiveMaximum",
                    "maxLength",
                    "maxItems",
                    "maxProperties",
                    "uniqueItems",
                    "required",
                    "properties",
                    "patternProperties",
                    "additionalProperties",
                    "items",
                    "anyOf");

    private final JsonNode reader;
    private final JsonNode writer;
    private final boolean sameReferences;
    private final List<String> found = new ArrayList<>();
    private final Set<Pair> compared = new HashSet<>();
    private final List<Pair> comparedInOrder = new ArrayList<>();
    private int steps;

    /// @param sameReferences whether the names of other texts mean the same ones to both
    JsonCompatibility(JsonNode reader, JsonNode writer, boolean sameReferences) {
        this.reader = reader;
        this.writer = writer;
        this.sameReferences = sameReferences;
    }

    /// Where they differ; empty: the reader takes all that the writer lets through.
    List<String> found() {
        if (!(reader.equals(writer) && sameReferences)) {
            compare(reader, writer, "#", 0);
        }
        return List.copyOf(found);
    }

    private void compare(JsonNode r, JsonNode w, String place, int depth) {
        if (takesAll(r) || isFalse(w)) {
            return;
        }
        if (isFalse(r)) {
            found(place, "nothing is allowed here any more");
            return;
        }
        if (depth > DEPTH_MAX || ++steps > STEPS_MAX) {
            found(place, "there is too much to compare");
            return;
        }
        var readerRef = ref(r);
        var writerRef = ref(w);
        if (readerRef != null || writerRef != null) {
            references(r, readerRef, w, writerRef, place, depth);
        } else {
            keywords(r, w, place, depth);
        }
    }

    /// A pair that is being compared already is taken to fit: it does unless something is found there.
    private void references(
            JsonNode r,
            @Nullable String readerRef,
            JsonNode w,
            @Nullable String writerRef,
            String place,
            int depth) {
        boolean isOutside =
                (readerRef != null && !readerRef.startsWith("#"))
                        || (writerRef != null && !writerRef.startsWith("#"));
        if (isOutside) {
            if (!(r.equals(w) && sameReferences)) {
                found(place, "the reference to another schema differs");
            }
            return;
        }
        var pair = new Pair(r, w);
        if (!compared.add(pair)) {
            return;
        }
        comparedInOrder.add(pair);
        var written = writerRef == null ? w : target(writer, writerRef);
        var read = readerRef == null ? r : target(reader, readerRef);
        if (written == null || read == null) {
            found(place, "a reference leads nowhere that is looked at");
            return;
        }
        if (writerRef != null && hasMore(w)) {
            found(place, "the writer's $ref has other keywords beside it");
            return;
        }
        compare(read, written, place, depth + 1);
        if (readerRef != null && hasMore(r)) {
            compare(without(r), written, place, depth + 1);
        }
    }

    /// Two places of the two texts: the very ones, not others that look the same.
    private record Pair(JsonNode reader, JsonNode writer) {
        @Override
        @SuppressWarnings("ReferenceEquality") // it is places that are compared
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair(JsonNode r, JsonNode w) && r == reader && w == writer;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(reader) + System.identityHashCode(writer);
        }
    }

    private void keywords(JsonNode r, JsonNode w, String place, int depth) {
        var types = typesWritten(w);
        types(r, types, place);
        values(r, w, place);
        if (types.contains("number") || types.contains("integer")) {
            limit(r, w, place, "minimum", true);
            limit(r, w, place, "exclusiveMinimum", true);
            limit(r, w, place, "maximum", false);
            limit(r, w, place, "exclusiveMaximum", false);
        }
        if (types.contains("string")) {
            limit(r, w, place, "minLength", true);
            limit(r, w, place, "maxLength", false);
        }
        if (types.contains("array")) {
            limit(r, w, place, "minItems", true);
            limit(r, w, place, "maxItems", false);
            unique(r, w, place);
            items(r, w, place, depth);
        }
        if (types.contains("object")) {
            limit(r, w, place, "minProperties", true);
            limit(r, w, place, "maxProperties", false);
            required(r, w, place);
            new Properties(r, w, place, depth).compare();
        }
        anyOf(r, w, place, depth);
        others(r, w, place);
    }

    private void types(JsonNode r, Set<String> written, String place) {
        var read = types(r);
        for (var type : written) {
            boolean isRead =
                    read.contains(type) || (type.equals("integer") && read.contains("number"));
            if (!isRead) {
                found(place, "the type " + type + " is not allowed any more");
            }
        }
    }

    private void values(JsonNode r, JsonNode w, String place) {
        var read = values(r);
        if (read == null) {
            return;
        }
        var written = values(w);
        if (written == null) {
            found(place, "only certain values are allowed now");
            return;
        }
        for (var value : written) {
            if (read.stream().noneMatch(one -> isSame(one, value))) {
                found(place, "a value is not allowed any more");
            }
        }
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return UniqueItems.text(one).equals(UniqueItems.text(other));
    }

    /// A limit that is not where the writer has one of the same name is a stricter one.
    private void limit(JsonNode r, JsonNode w, String place, String keyword, boolean isLower) {
        var read = r.get(keyword);
        var written = w.get(keyword);
        // In draft 4 the exclusive ones are flags.
        boolean isFlag = read != null && !read.isNumber();
        if (read == null || read.equals(written)) {
            return;
        }
        if (isFlag || written == null || !written.isNumber()) {
            found(place, keyword + " is new");
            return;
        }
        int order = read.decimalValue().compareTo(written.decimalValue());
        if (isLower ? order > 0 : order < 0) {
            found(place, keyword + " is stricter");
        }
    }

    private void unique(JsonNode r, JsonNode w, String place) {
        if (isTrue(r.get("uniqueItems")) && !isTrue(w.get("uniqueItems"))) {
            found(place, "uniqueItems is new");
        }
    }

    private void items(JsonNode r, JsonNode w, String place, int depth) {
        var read = r.get("items");
        if (read == null) {
            return;
        }
        var written = w.get("items");
        boolean isTuple = read.isArray() || (written != null && written.isArray());
        if (isTuple || w.has("prefixItems") || r.has("prefixItems")) {
            if (!isSameHere(read, written)) {
                found(place, "items of a tuple differ");
            }
            return;
        }
        compare(read, written == null ? ANYTHING : written, place + "/items", depth + 1);
    }

    private void required(JsonNode r, JsonNode w, String place) {
        var written = texts(w.get("required"));
        for (var name : texts(r.get("required"))) {
            if (!written.contains(name)) {
                found(place, "the property " + name + " is required now");
            }
        }
    }

    /// Each of the writer's alternatives must fit into one of the reader's.
    private void anyOf(JsonNode r, JsonNode w, String place, int depth) {
        var read = r.get("anyOf");
        if (read == null || isSameHere(read, w.get("anyOf"))) {
            return;
        }
        var written =
                w.get("anyOf") == null
                        ? JsonNodeFactory.instance.arrayNode().add(w)
                        : w.get("anyOf");
        for (var alternative : written) {
            if (!fitsOne(read, alternative, depth)) {
                found(place, "an alternative of anyOf fits into none any more");
            }
        }
    }

    private boolean fitsOne(JsonNode readers, JsonNode alternative, int depth) {
        for (var one : readers) {
            int before = found.size();
            int comparedBefore = comparedInOrder.size();
            compare(one, alternative, "", depth + 1);
            if (found.size() == before) {
                return true;
            }
            // What was taken to fit meanwhile may not.
            while (found.size() > before) {
                found.removeLast();
            }
            while (comparedInOrder.size() > comparedBefore) {
                compared.remove(comparedInOrder.removeLast());
            }
        }
        return false;
    }

    private void others(JsonNode r, JsonNode w, String place) {
        for (var entry : r.properties()) {
            if (!COMPARED.contains(entry.getKey())
                    && !isSameHere(entry.getValue(), w.get(entry.getKey()))) {
                found(place, entry.getKey() + " is new or differs");
            }
        }
    }

    /// Equal, and what they may refer to is equal too.
    private boolean isSameHere(JsonNode read, @Nullable JsonNode written) {
        if (!read.equals(written)) {
            return false;
        }
        boolean refersToNothing =
                read.findValue("$ref") == null && read.findValue("$dynamicRef") == null;
        return refersToNothing
                || (sameReferences
                        && same(reader.get("$defs"), writer.get("$defs"))
                        && same(reader.get("definitions"), writer.get("definitions")));
    }

    private static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
        return one == null ? other == null : one.equals(other);
    }

    private void found(String place, String what) {
        if (found.size() < FOUND_MAX) {
            found.add(place.isEmpty() ? what : place + ": " + what);
        }
    }

    private static @Nullable String ref(JsonNode node) {
        var ref = node.get("$ref");
        return ref != null && ref.isString() ? ref.stringValue() : null;
    }

    /// Whether there is more than the reference that says something about a value.
    private static boolean hasMore(JsonNode node) {
        return !without(node).isEmpty();
    }

    private static JsonNode without(JsonNode node) {
        var rest = JsonNodeFactory.instance.objectNode();
        for (var entry : node.properties()) {
            boolean isSaying =
                    !Set.of(
                                    "$ref",
                                    "$schema",
                                    "$id",
                                    "$comment",
                                    "title",
                                    "description",
                                    "$defs",
                                    "definitions",
                                    "default",
                                    "examples")
                            .contains(entry.getKey());
            if (isSaying) {
                rest.set(entry.getKey(), entry.getValue());
            }
        }
        return rest;
    }

    private static @Nullable JsonNode target(JsonNode root, String ref) {
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

    private static boolean takesAll(JsonNode node) {
        return isTrue(node) || (node.isObject() && without(node).isEmpty() && !node.has("$ref"));
    }

    private static boolean isTrue(@Nullable JsonNode node) {
        return node != null && node.isBoolean() && node.booleanValue();
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    private static Set<String> types(JsonNode node) {
        var type = node.get("type");
        return type == null
                ? ALL_TYPES
                : type.isString() ? Set.of(type.stringValue()) : texts(type);
    }

    /// Where no type is said, the values may say it.
    private static Set<String> typesWritten(JsonNode w) {
        var values = w.has("type") ? null : values(w);
        if (values == null) {
            return types(w);
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

    private static Set<String> texts(@Nullable JsonNode array) {
        var texts = new TreeSet<String>();
        if (array != null) {
            array.forEach(item -> texts.add(item.asString()));
        }
        return texts;
    }

    private static @Nullable List<JsonNode> values(JsonNode node) {
        var values = new ArrayList<JsonNode>();
        if (node.has("const")) {
            return List.of(node.get("const"));
        }
        if (!node.has("enum")) {
            return null;
        }
        node.get("enum").forEach(values::add);
        return values;
    }

    /// What an object's properties must be.
    private final class Properties {
        private final JsonNode r;
        private final JsonNode w;
        private final String place;
        private final int depth;

        Properties(JsonNode r, JsonNode w, String place, int depth) {
            this.r = r;
            this.w = w;
            this.place = place;
            this.depth = depth;
        }

        void compare() {
            if (!names(r, "patternProperties").equals(names(w, "patternProperties"))) {
                found(place, "patternProperties differ");
                return;
            }
            for (var pattern : names(r, "patternProperties")) {
                part(
                        r.get("patternProperties").get(pattern),
                        w.get("patternProperties").get(pattern),
                        pattern);
            }
            var names = names(r, "properties");
            names.addAll(names(w, "properties"));
            for (var name : names) {
                part(read(name), written(name), name);
            }
            part(additional(r), additional(w), "*");
        }

        private void part(JsonNode read, JsonNode written, String name) {
            JsonCompatibility.this.compare(read, written, place + "/" + name, depth + 1);
        }

        /// Stricter than it is where a pattern fits the name: then the rest does not count.
        private JsonNode read(String name) {
            var own = own(r, name);
            return own != null ? own : additional(r);
        }

        private JsonNode written(String name) {
            var own = own(w, name);
            boolean mayFitPattern = !names(w, "patternProperties").isEmpty();
            return own != null ? own : mayFitPattern ? ANYTHING : additional(w);
        }

        private static @Nullable JsonNode own(JsonNode schema, String name) {
            var properties = schema.get("properties");
            return properties == null ? null : properties.get(name);
        }

        private JsonNode additional(JsonNode schema) {
            var additional = schema.get("additionalProperties");
            return additional == null ? ANYTHING : additional;
        }

        private Set<String> names(JsonNode schema, String keyword) {
            var of = schema.get(keyword);
            return of == null ? new TreeSet<>() : new TreeSet<>(of.propertyNames());
        }
    }
}
