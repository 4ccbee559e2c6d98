package io.sluice.schema.avro;

import io.sluice.schema.InvalidValueException;
import org.apache.avro.Schema;
import tools.jackson.databind.JsonNode;

/// Walks over a value in Avro's JSON encoding: a union's value is an object with its branch's name, bytes are a string of the characters 0 to 255.
final class AvroJson {
    private static final int BYTE_MAX = 0xFF;

    private AvroJson() {}

    /// @param value not nested deeper than [io.sluice.schema.json.JsonText] lets it be
    static void check(Schema schema, JsonNode value) throws InvalidValueException {
        switch (schema.getType()) {
            case NULL -> need(value.isNull(), "null", value);
            case BOOLEAN -> need(value.isBoolean(), "a boolean", value);
            case INT -> need(value.isIntegralNumber() && value.canConvertToInt(), "an int", value);
            case LONG ->
                    need(value.isIntegralNumber() && value.canConvertToLong(), "a long", value);
            case FLOAT, DOUBLE -> need(value.isNumber(), "a number", value);
            case STRING -> need(value.isString(), "a string", value);
            case BYTES -> need(isBytes(value), "a string of bytes", value);
            case FIXED ->
                    need(
                            isBytes(value) && value.stringValue().length() == schema.getFixedSize(),
                            "a string of " + schema.getFixedSize() + " bytes",
                            value);
            case ENUM ->
                    need(
                            value.isString()
                                    && schema.getEnumSymbols().contains(value.stringValue()),
                            "a symbol of " + schema.getFullName(),
                            value);
            case RECORD -> fields(schema, value);
            case ARRAY -> {
                need(value.isArray(), "an array", value);
                for (int i = 0; i < value.size(); i++) {
                    part(schema.getElementType(), value.get(i), Integer.toString(i));
                }
            }
            case MAP -> {
                need(value.isObject(), "an object", value);
                for (var entry : value.properties()) {
                    part(schema.getValueType(), entry.getValue(), entry.getKey());
                }
            }
            case UNION -> branch(schema, value);
        }
    }

    private static void fields(Schema schema, JsonNode value) throws InvalidValueException {
        need(value.isObject(), "an object", value);
        for (var field : schema.getFields()) {
            var part = value.get(field.name());
            if (part == null) {
                throw new InvalidValueException("is missing").within(field.name());
            }
            part(field.schema(), part, field.name());
        }
        for (var name : value.propertyNames()) {
            if (schema.getField(name) == null) {
                throw new InvalidValueException(
                                "no such field in the record " + schema.getFullName())
                        .within(name);
            }
        }
    }

    private static void branch(Schema union, JsonNode value) throws InvalidValueException {
        var name =
                value.isNull()
                        ? "null"
                        : value.isObject() && value.size() == 1
                                ? value.propertyNames().iterator().next()
                                : "";
        for (var branch : union.getTypes()) {
            if (branch.getFullName().equals(name)) {
                if (!value.isNull()) {
                    part(branch, value.get(name), name);
                }
                return;
            }
        }
        throw new InvalidValueException("names no branch of the union");
    }

    private static void part(Schema schema, JsonNode value, String place)
            throws InvalidValueException {
        try {
            check(schema, value);
        } catch (InvalidValueException unfit) {
            throw unfit.within(place);
        }
    }

    private static boolean isBytes(JsonNode value) {
        return value.isString() && value.stringValue().chars().allMatch(c -> c <= BYTE_MAX);
    }

    private static void need(boolean fit, String what, JsonNode value)
            throws InvalidValueException {
        if (!fit) {
            throw new InvalidValueException("must be " + what + ", not " + value.getNodeType());
        }
    }
}
