package io.sluice.schema.json;

import io.sluice.base.Rng;
import java.util.List;
import java.util.StringJoiner;

/// Small schemas and values, of few names and numbers so that they meet.
final class RandomSchemas {
    private static final int DEPTH_MAX = 2;
    private static final List<String> TYPES =
            List.of("null", "boolean", "object", "array", "number", "string", "integer");
    private static final List<String> NAMES = List.of("a", "b", "cc");

    private final Rng random;

    RandomSchemas(Rng random) {
        this.random = random;
    }

    /// A whole text, parts of which may lead to its definition.
    String schema() {
        return "{\"$defs\": {\"d\": "
                + schema(1)
                + "}, \"anyOf\": ["
                + schema(0)
                + ", "
                + schema(0)
                + "], \"items\": "
                + schema(1)
                + "}";
    }

    private String schema(int depth) {
        if (random.below(6) == 0) {
            return "{\"$ref\": \"#/$defs/d\"}";
        }
        if (depth > DEPTH_MAX || random.below(8) == 0) {
            return random.below(4) == 0 ? "false" : "true";
        }
        var keywords = new StringJoiner(", ", "{", "}");
        for (var keyword :
                List.of(
                        "type",
                        "enum",
                        "minimum",
                        "maxLength",
                        "minItems",
                        "required",
                        "properties",
                        "additionalProperties",
                        "patternProperties",
                        "items",
                        "anyOf",
                        "uniqueItems",
                        "not",
                        "maxProperties")) {
            if (random.below(5) == 0) {
                keywords.add("\"" + keyword + "\": " + of(keyword, depth + 1));
            }
        }
        return keywords.toString();
    }

    /// The same text but for one of its numbers, words or flags.
    String changed(String schema) {
        return switch (random.below(6)) {
            case 0 -> schema.replaceFirst("1", "2");
            case 1 -> schema.replaceFirst("2", "1");
            case 2 -> schema.replaceFirst("integer", "number");
            case 3 -> schema.replaceFirst("false", "true");
            case 4 -> schema.replaceFirst("\"a\"", "\"b\"");
            default ->
                    schema.replaceFirst(
                            "\"(minimum|maxLength|minItems|maxProperties)\": ",
                            "\"title\": \"\", \"default\": ");
        };
    }

    String value(int depth) {
        return switch (random.below(depth > DEPTH_MAX ? 5 : 8)) {
            case 0 -> "null";
            case 1 -> Boolean.toString(random.below(2) == 0);
            case 2 -> Integer.toString(random.below(4));
            case 3 -> random.below(4) + ".5";
            case 4 -> "\"" + name() + "\"";
            case 5 -> {
                var items = new StringJoiner(", ", "[", "]");
                for (int i = random.below(4); i > 0; i--) {
                    items.add(value(depth + 1));
                }
                yield items.toString();
            }
            default -> {
                var properties = new StringJoiner(", ", "{", "}");
                for (var name : NAMES) {
                    if (random.below(2) == 0) {
                        properties.add("\"" + name + "\": " + value(depth + 1));
                    }
                }
                yield properties.toString();
            }
        };
    }

    private String of(String keyword, int depth) {
        return switch (keyword) {
            case "type" ->
                    random.below(2) == 0
                            ? type()
                            : "[\"object\", \"array\", \"string\", \"number\"]";
            case "enum" ->
                    "["
                            + value(DEPTH_MAX + 1)
                            + ", 1, \"a\"]".replace("1", Integer.toString(1 + random.below(2)));
            case "minimum", "maxLength", "minItems", "maxProperties" ->
                    Integer.toString(random.below(3));
            case "required" -> "[\"" + name() + "\"]";
            case "properties", "patternProperties" -> "{\"" + name() + "\": " + schema(depth) + "}";
            case "anyOf" -> "[" + schema(depth) + ", " + schema(depth) + "]";
            case "uniqueItems" -> Boolean.toString(random.below(2) == 0);
            default -> schema(depth);
        };
    }

    private String type() {
        return "\"" + TYPES.get(random.below(TYPES.size())) + "\"";
    }

    private String name() {
        return NAMES.get(random.below(NAMES.size()));
    }
}
