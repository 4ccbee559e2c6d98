package io.sluice.admin.json;

import java.util.ArrayList;
import java.util.List;

/// A JSON value.
public sealed interface Json
        permits JsonObject, Json.Array, Json.Text, Json.Digits, Json.Bool, Json.Null {
    record Array(List<Json> items) implements Json {
        public static final Array EMPTY = new Array(List.of());

        public Array {
            items = List.copyOf(items);
        }
    }

    record Text(String value) implements Json {}

    /// A number as it is written, so that none loses precision.
    record Digits(String literal) implements Json {
        public boolean isWhole() {
            return literal.chars().allMatch(c -> c == '-' || ('0' <= c && c <= '9'));
        }
    }

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    static Json of(String text) {
        return new Text(text);
    }

    static Json of(long number) {
        return new Digits(Long.toString(number));
    }

    static Json nothing() {
        return new Null();
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    /// A number with a fraction; what is not finite is 0, as JSON has no word for it.
    static Json of(double number) {
        return new Digits(Double.toString(Double.isFinite(number) ? number : 0));
    }

    static Json texts(Iterable<String> texts) {
        var items = new ArrayList<Json>();
        texts.forEach(text -> items.add(of(text)));
        return new Array(items);
    }

    /// The value as text, compact; equal values are equal texts, except for the order of an object's fields.
    default String text() {
        return JsonWriter.text(this);
    }
}
