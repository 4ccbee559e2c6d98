package io.sluice.dialect.sqs.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Writes XML elements, with nothing between them: some clients take white space there for text.
///
/// A carriage return is written as a reference, as a parser would read it as a line feed otherwise.
final class XmlOutput implements Output {
    private static final byte[][] ESCAPES = escapes();

    private final ByteSink into;

    XmlOutput(ByteSink into) {
        this.into = into;
    }

    XmlOutput begin(String name) {
        into.octet('<').text(name).octet('>');
        return this;
    }

    void end(String name) {
        into.octet('<').octet('/').text(name).octet('>');
    }

    @Override
    public void text(String name, String value) {
        begin(name);
        into.escaped(value, ESCAPES);
        end(name);
    }

    @Override
    public void text(String name, ByteBuffer utf8) {
        begin(name);
        into.escaped(utf8, ESCAPES);
        end(name);
    }

    @Override
    public void number(String name, long value) {
        begin(name);
        into.text(Long.toString(value));
        end(name);
    }

    @Override
    public void bool(String name, boolean value) {
        begin(name);
        into.text(value ? "true" : "false");
        end(name);
    }

    @Override
    public void bytes(String name, ByteBuffer value) {
        text(name, Base64.getEncoder().encode(value.duplicate()));
    }

    @Override
    public void texts(Member list, List<String> values) {
        values.forEach(value -> text(list.query(), value));
    }

    @Override
    public <T> void structures(Member list, List<T> values, BiConsumer<Output, T> each) {
        for (var value : values) {
            begin(list.query());
            each.accept(this, value);
            end(list.query());
        }
    }

    @Override
    public void map(Member map, Map<String, String> values) {
        values.forEach(
                (name, value) -> {
                    begin(map.query());
                    text(map.key(), name);
                    text("Value", value);
                    end(map.query());
                });
    }

    @Override
    public <T> void structureMap(Member map, Map<String, T> values, BiConsumer<Output, T> each) {
        values.forEach(
                (name, value) -> {
                    begin(map.query());
                    text(map.key(), name);
                    begin("Value");
                    each.accept(this, value);
                    end("Value");
                    end(map.query());
                });
    }

    private static byte[][] escapes() {
        var escapes = new byte[128][];
        for (int octet = 0; octet < escapes.length; octet++) {
            var escape =
                    switch (octet) {
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '"' -> "&quot;";
                        case '\r' -> "&#13;";
                        default -> "";
                    };
            escapes[octet] = escape.getBytes(StandardCharsets.US_ASCII);
        }
        return escapes;
    }
}
