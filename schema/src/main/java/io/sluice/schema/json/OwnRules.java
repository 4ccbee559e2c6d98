package io.sluice.schema.json;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Compares what two schemas say of a value itself, its types, values and limits, and not of its parts.
final class OwnRules {
    private final JsonNode r;
    private final JsonNode w;
    private final String place;
    private final Differences found;

    OwnRules(JsonNode reader, JsonNode writer, String place, Differences found) {
        this.r = reader;
        this.w = writer;
        this.place = place;
        this.found = found;
    }

    void compare() {
        var types = Keywords.typesOfValues(w);
        types(types);
        values();
        if (types.contains("number") || types.contains("integer")) {
            limit("minimum", true);
            limit("exclusiveMinimum", true);
            limit("maximum", false);
            limit("exclusiveMaximum", false);
        }
        if (types.contains("string")) {
            limit("minLength", true);
            limit("maxLength", false);
        }
        if (types.contains("array")) {
            limit("minItems", true);
            limit("maxItems", false);
            unique();
        }
        if (types.contains("object")) {
            limit("minProperties", true);
            limit("maxProperties", false);
            required();
        }
    }

    private void types(Set<String> written) {
        var read = Keywords.types(r);
        for (var type : written) {
            boolean isRead =
                    read.contains(type) || (type.equals("integer") && read.contains("number"));
            if (!isRead) {
                found.add(place, "the type " + type + " is not allowed any more");
            }
        }
    }

    private void values() {
        var read = Keywords.values(r);
        if (read == null) {
            return;
        }
        var written = Keywords.values(w);
        if (written == null) {
            found.add(place, "only certain values are allowed now");
            return;
        }
        for (var value : written) {
            if (read.stream().noneMatch(one -> isSame(one, value))) {
                found.add(place, "a value is not allowed any more");
            }
        }
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return UniqueItems.text(one).equals(UniqueItems.text(other));
    }

    /// A limit that is not where the writer has one of the same name is a stricter one.
    private void limit(String keyword, boolean isLower) {
        var read = r.get(keyword);
        var written = w.get(keyword);
        // In draft 4 the exclusive ones are flags.
        boolean isFlag = read != null && !read.isNumber();
        if (read == null || read.equals(written)) {
            return;
        }
        if (isFlag || written == null || !written.isNumber()) {
            found.add(place, keyword + " is new");
            return;
        }
        int order = read.decimalValue().compareTo(written.decimalValue());
        if (isLower ? order > 0 : order < 0) {
            found.add(place, keyword + " is stricter");
        }
    }

    private void unique() {
        if (Keywords.isTrue(r.get("uniqueItems")) && !Keywords.isTrue(w.get("uniqueItems"))) {
            found.add(place, "uniqueItems is new");
        }
    }

    private void required() {
        var written = Keywords.texts(w.get("required"));
        for (var name : Keywords.texts(r.get("required"))) {
            if (!written.contains(name)) {
                found.add(place, "the property " + name + " is required now");
            }
        }
    }
}
