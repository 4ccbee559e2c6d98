package io.sluice.dialect.sqs.json;

import java.util.List;
import java.util.Map;

/// A value of a JSON text. There is no null: a member that is null is not there.
public sealed interface JsonValue {
    record Text(String value) implements JsonValue {}

    /// A number as it is written.
    record Digits(String literal) implements JsonValue {}

    record Bool(boolean value) implements JsonValue {}

    record Structure(Map<String, JsonValue> members) implements JsonValue {}

    record Items(List<JsonValue> items) implements JsonValue {}
}
