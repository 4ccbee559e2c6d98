package io.sluice.dialect.amqp.codec;

import io.sluice.dialect.amqp.codec.Value.Width;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Reads one JSON text as a [Value]. Owned by the call that made it.
final class JsonReader {
    private static final BigInteger UINT64_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    /// A number of more digits is none that anybody means.
    private static final int NUMBER_CHARS_MAX = 400;

    private final String json;
    private int at;

    JsonReader(String json) {
        this.json = json;
    }

    /// The value, with nothing behind it.
    Value whole() {
        var value = value(0);
        skipSpace();
        if (at < json.length()) {
            throw wrong("something follows");
        }
        return value;
    }

    private Value value(int depth) {
        if (depth > TableReader.DEPTH_MAX) {
            throw wrong("too deep");
        }
        return switch (peek()) {
            case '{' -> table(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> Value.text(string());
            case 't' -> word("true", new Value.Bool(true));
            case 'f' -> word("false", new Value.Bool(false));
            case 'n' -> word("null", new Value.Nothing());
            default -> number();
        };
    }

    private Value table(int depth) {
        var fields = new LinkedHashMap<String, Value>();
        at++;
        if (!closes('}')) {
            do {
                if (peek() != '"') {
                    throw wrong("a name is missing");
                }
                var name = string();
                expect(':');
                fields.put(name, value(depth));
            } while (goesOn('}'));
        }
        if (fields.size() == 1) {
            var only = fields.firstEntry();
            var wrapped = unwrapped(only.getKey(), only.getValue());
            if (wrapped != null) {
                return wrapped;
            }
        }
        var plain = new LinkedHashMap<String, Value>();
        fields.forEach((name, value) -> plain.put(Json.unescaped(name), value));
        return new Table(plain);
    }

    /// What [Json] had no other form for; null for an ordinary table.
    private @Nullable Value unwrapped(String kind, Value value) {
        if (!(value instanceof Value.Text(Octets text))) {
            return null;
        }
        return switch (kind) {
            case Json.TEXT -> new Value.Text(base64(text));
            case Json.BYTES -> new Value.Bytes(base64(text));
            case Json.DOUBLE -> new Value.Float64(Double.parseDouble(text.text()));
            default -> null;
        };
    }

    private Octets base64(Octets text) {
        return Octets.of(ByteBuffer.wrap(Base64.getDecoder().decode(text.bytes())));
    }

    private Value array(int depth) {
        var values = new ArrayList<Value>();
        at++;
        if (!closes(']')) {
            do {
                values.add(value(depth));
            } while (goesOn(']'));
        }
        return new Value.Array(values);
    }

    private Value word(String word, Value value) {
        if (!json.startsWith(word, at)) {
            throw wrong("an unknown word");
        }
        at += word.length();
        return value;
    }

    private Value number() {
        int begin = at;
        while (at < json.length() && "+-.eE0123456789".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        var text = json.substring(begin, at);
        if (text.isEmpty() || text.startsWith("+") || text.length() > NUMBER_CHARS_MAX) {
            throw wrong("no value");
        }
        if (text.chars().anyMatch(next -> next == '.' || next == 'e' || next == 'E')) {
            return new Value.Float64(Double.parseDouble(text));
        }
        var number = new BigInteger(text);
        if (number.bitLength() < Long.SIZE) {
            return Value.number(number.longValue());
        }
        return number.signum() > 0 && number.compareTo(UINT64_MAX) <= 0
                ? new Value.Whole(Width.UINT64, number.longValue())
                : new Value.Float64(number.doubleValue());
    }

    private String string() {
        var text = new StringBuilder();
        for (at++; at < json.length(); at++) {
            char next = json.charAt(at);
            if (next == '"') {
                at++;
                return text.toString();
            }
            text.append(next == '\\' ? escaped() : next);
        }
        throw wrong("a string without an end");
    }

    private char escaped() {
        at++;
        return switch (at < json.length() ? json.charAt(at) : 0) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 >= json.length()) {
                    throw wrong("a string without an end");
                }
                at += 4;
                yield (char) Integer.parseInt(json, at - 3, at + 1, 16);
            }
            default -> throw wrong("an unknown escape");
        };
    }

    private boolean closes(char end) {
        boolean closes = peek() == end;
        if (closes) {
            at++;
        }
        return closes;
    }

    private boolean goesOn(char end) {
        if (closes(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "' is missing");
        }
        at++;
    }

    /// The next character that is no space; 0 at the end.
    private char peek() {
        skipSpace();
        return at < json.length() ? json.charAt(at) : 0;
    }

    private void skipSpace() {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String reason) {
        return new IllegalArgumentException("no JSON: " + reason + " at character " + at);
    }
}
