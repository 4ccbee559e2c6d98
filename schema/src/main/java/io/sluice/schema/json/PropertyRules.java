package io.sluice.schema.json;

import tools.jackson.databind.JsonNode;

/// Compares what two schemas say of an object's properties.
final class PropertyRules {
    private final JsonCompatibility whole;
    private final JsonNode r;
    private final JsonNode w;
    private final String place;
    private final int depth;

    PropertyRules(
            JsonCompatibility whole, JsonNode reader, JsonNode writer, String place, int depth) {
        this.whole = whole;
        this.r = reader;
        this.w = writer;
        this.place = place;
        this.depth = depth;
    }

    void compare(Differences found) {
        if (!Keywords.names(r, "patternProperties")
                .equals(Keywords.names(w, "patternProperties"))) {
            found.add(place, "patternProperties differ");
            return;
        }
        for (var pattern : Keywords.names(r, "patternProperties")) {
            part(
                    r.get("patternProperties").get(pattern),
                    w.get("patternProperties").get(pattern),
                    pattern);
        }
        var names = Keywords.names(r, "properties");
        names.addAll(Keywords.names(w, "properties"));
        for (var name : names) {
            part(read(name), written(name), name);
        }
        part(Keywords.additionalProperties(r), Keywords.additionalProperties(w), "*");
    }

    private void part(JsonNode read, JsonNode written, String name) {
        whole.compare(read, written, place + "/" + name, depth + 1);
    }

    /// Stricter than it is where a pattern fits the name: then the rest does not count.
    private JsonNode read(String name) {
        var own = Keywords.property(r, name);
        return own != null ? own : Keywords.additionalProperties(r);
    }

    private JsonNode written(String name) {
        var own = Keywords.property(w, name);
        boolean mayFitPattern = !Keywords.names(w, "patternProperties").isEmpty();
        return own != null
                ? own
                : mayFitPattern ? Keywords.ANYTHING : Keywords.additionalProperties(w);
    }
}
