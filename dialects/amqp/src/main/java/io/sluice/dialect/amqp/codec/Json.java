package io.sluice.dialect.amqp.codec;

import io.sluice.broker.queue.JsonText;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Values as JSON text, one text per meaning, and back.
///
/// | value | text |
/// |---|---|
/// | text | a string |
/// | text that is no UTF-8 | `{"$text":"base64"}` |
/// | bytes | `{"$bytes":"base64"}` |
/// | whole numbers of any width | `60000` |
/// | float, double | `0.5`, `60000.0`, `1.0E10`: never like a whole number; `{"$double":"NaN"}`, `"Infinity"`, `"-Infinity"` |
/// | decimal | as a double, or as a whole number when it is one: `12.3`, `12` |
/// | time | its seconds, as a number |
/// | boolean, nothing, array | `true`, `null`, `[1,2]` |
/// | table | `{"a":1,"b":2}`, by name; a name like the three above gets another `$` before it |
///
/// Widths, and whether a number was a time, are gone when it is read back: a whole number becomes a 64-bit one, a fraction a double.
public final class Json {
    static final String TEXT = "$text";
    static final String BYTES = "$bytes";
    static final String DOUBLE = "$double";

    private static final Pattern OURS = Pattern.compile("\\$+(text|bytes|double)");

    private Json() {}

    public static String text(Value value) {
        var json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    /// @throws IllegalArgumentException when it is no JSON
    public static Value value(String json) {
        return new JsonReader(json).whole();
    }

    private static void write(Value value, StringBuilder json) {
        switch (value) {
            case Value.Text(Octets octets) -> {
                if (octets.isText()) {
                    json.append(JsonText.quoted(octets.text()));
                } else {
                    wrapped(TEXT, base64(octets), json);
                }
            }
            case Value.Bytes(Octets octets) -> wrapped(BYTES, base64(octets), json);
            case Value.Bool(boolean set) -> json.append(set);
            case Value.Whole(Value.Width width, long number) ->
                    json.append(
                            width == Value.Width.UINT64
                                    ? Long.toUnsignedString(number)
                                    : Long.toString(number));
            case Value.Float32(float number) -> write(number, json);
            case Value.Float64(double number) -> write(number, json);
            case Value.Decimal(int scale, long unscaled) ->
                    write(BigDecimal.valueOf(unscaled, scale).stripTrailingZeros(), json);
            case Value.Timestamp(long seconds) -> json.append(Long.toUnsignedString(seconds));
            case Value.Array array -> write(array, json);
            case Value.Nothing() -> json.append("null");
            case Table table -> write(table, json);
        }
    }

    private static void write(BigDecimal number, StringBuilder json) {
        if (number.scale() <= 0) {
            json.append(number.toPlainString());
        } else {
            json.append(number.doubleValue());
        }
    }

    private static void write(double number, StringBuilder json) {
        if (Double.isFinite(number)) {
            json.append(number);
        } else {
            wrapped(DOUBLE, Double.toString(number), json);
        }
    }

    private static void write(Value.Array array, StringBuilder json) {
        var separator = "[";
        for (var item : array.values()) {
            json.append(separator);
            write(item, json);
            separator = ",";
        }
        json.append(array.values().isEmpty() ? "[]" : "]");
    }

    private static void write(Table table, StringBuilder json) {
        var separator = "{";
        for (var field : new TreeMap<>(table.fields()).entrySet()) {
            var name = field.getKey();
            json.append(separator)
                    .append(JsonText.quoted(OURS.matcher(name).matches() ? '$' + name : name))
                    .append(':');
            write(field.getValue(), json);
            separator = ",";
        }
        json.append(table.isEmpty() ? "{}" : "}");
    }

    /// The name of a field whose text was escaped.
    static String unescaped(String name) {
        return name.startsWith("$$") && OURS.matcher(name).matches() ? name.substring(1) : name;
    }

    private static void wrapped(String kind, String text, StringBuilder json) {
        json.append("{\"").append(kind).append("\":\"").append(text).append("\"}");
    }

    private static String base64(Octets octets) {
        return Base64.getEncoder().encodeToString(octets.bytes());
    }
}
