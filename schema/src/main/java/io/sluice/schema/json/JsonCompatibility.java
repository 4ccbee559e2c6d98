package io.sluice.schema.json;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Whether everything that one schema, the writer's, lets through is let through by another one, the reader's.
///
/// Sound and not complete: where it finds nothing, nothing is there; where two schemas say the same in different ways it may find something. What it
/// compares part by part are types, enumerations, limits, properties, items, `anyOf` and references within the text; of all other keywords it demands
/// that the reader has none which the writer does not have just so.
final class JsonCompatibility {
    private static final int DEPTH_MAX = 200;
    private static final int STEPS_MAX = 100_000;

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

    /// Of the others, those that mean the same in every draft.
    private static final Set<String> IN_EVERY_DRAFT = Set.of("pattern", "multipleOf");

    /// In it `const` says nothing, and 1.0 is no integer.
    private static final String DRAFT_4 = "draft-04";

    private final JsonNode reader;
    private final JsonNode writer;
    private final boolean sameReferences;
    private final boolean sameDraft;
    private final Differences found = new Differences();
    private final ComparedPlaces compared = new ComparedPlaces();
    private int steps;

    /// @param sameReferences whether the names of other texts mean the same ones to both
    JsonCompatibility(JsonNode reader, JsonNode writer, boolean sameReferences) {
        this.reader = reader;
        this.writer = writer;
        this.sameReferences = sameReferences;
        this.sameDraft = draft(reader).equals(draft(writer));
    }

    private static String draft(JsonNode root) {
        var draft = Keywords.draft(root);
        return draft.endsWith("#") ? draft.substring(0, draft.length() - 1) : draft;
    }

    /// Where they differ; empty: the reader takes all that the writer lets through.
    List<String> found() {
        if (!(reader.equals(writer) && sameReferences)) {
            compare(reader, writer, "#", 0);
            drafts();
        }
        return found.all();
    }

    private void drafts() {
        boolean isAnother4 =
                !sameDraft && (draft(reader).contains(DRAFT_4) || draft(writer).contains(DRAFT_4));
        if (isAnother4 && !Keywords.takesAll(reader)) {
            found.add("#", "draft 4 is not compared with others");
        }
    }

    /// Compares the reader's schema `r` and the writer's `w`, which say what may be at `place`.
    void compare(JsonNode r, JsonNode w, String place, int depth) {
        if (Keywords.takesAll(r) || Keywords.isFalse(w)) {
            return;
        }
        if (Keywords.isFalse(r)) {
            found.add(place, "nothing is allowed here any more");
            return;
        }
        if (depth > DEPTH_MAX || ++steps > STEPS_MAX) {
            found.add(place, "there is too much to compare");
            return;
        }
        var readerRef = Keywords.reference(r);
        var writerRef = Keywords.reference(w);
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
                found.add(place, "the reference to another schema differs");
            }
            return;
        }
        var before = compared.meet(r, w, place);
        if (before != null) {
            if (before.equals(place)) {
                found.add(place, "a reference leads to itself");
            }
            return;
        }
        var written = writerRef == null ? w : Keywords.target(writer, writerRef);
        var read = readerRef == null ? r : Keywords.target(reader, readerRef);
        if (written == null || read == null) {
            found.add(place, "a reference leads nowhere that is looked at");
            return;
        }
        if (writerRef != null && Keywords.hasMore(w)) {
            found.add(place, "the writer's $ref has other keywords beside it");
            return;
        }
        compare(read, written, place, depth + 1);
        if (readerRef != null && Keywords.hasMore(r)) {
            compare(Keywords.withoutReference(r), written, place, depth + 1);
        }
    }

    private void keywords(JsonNode r, JsonNode w, String place, int depth) {
        new OwnRules(r, w, place, found).compare();
        var types = Keywords.typesOfValues(w);
        if (types.contains("array")) {
            items(r, w, place, depth);
        }
        if (types.contains("object")) {
            new PropertyRules(this, r, w, place, depth).compare(found);
        }
        anyOf(r, w, place, depth);
        others(r, w, place);
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
                found.add(place, "items of a tuple differ");
            }
            return;
        }
        compare(read, written == null ? Keywords.ANYTHING : written, place + "/items", depth + 1);
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
                found.add(place, "an alternative of anyOf fits into none any more");
            }
        }
    }

    private boolean fitsOne(JsonNode readers, JsonNode alternative, int depth) {
        for (var one : readers) {
            int before = found.count();
            int comparedBefore = compared.count();
            compare(one, alternative, "", depth + 1);
            if (found.count() == before) {
                return true;
            }
            // What was taken to fit meanwhile may not.
            found.backTo(before);
            compared.backTo(comparedBefore);
        }
        return false;
    }

    private void others(JsonNode r, JsonNode w, String place) {
        for (var entry : r.properties()) {
            var keyword = entry.getKey();
            var written = w.get(keyword);
            if (COMPARED.contains(keyword)
                    || (IN_EVERY_DRAFT.contains(keyword) && entry.getValue().equals(written))) {
                continue;
            }
            if (!isSameHere(entry.getValue(), written)) {
                found.add(place, keyword + " is new or differs");
            }
        }
    }

    /// Equal, and in the same draft, as another one may have keywords that this one does not know; what they may refer to is equal too.
    private boolean isSameHere(JsonNode read, @Nullable JsonNode written) {
        if (!sameDraft || !read.equals(written)) {
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
}
