package io.sluice.dialect.sqs.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Writes a JSON object.
final class JsonOutput implements Output {
    private static final byte[][] ESCAPES = escapes();

    private final ByteSink into;

    /// How a list or a map is named here.
    private final Naming naming;

    private boolean first = true;

    /// The JSON protocol's own names, or those that the old service gave its XML's lists when it was asked for JSON.
    enum Naming {
        JSON {
            @Override
            String of(Member member) {
                return member.json();
            }
        },
        QUERY {
            @Override
            String of(Member member) {
                return Character.toLowerCase(member.json().charAt(0)) + member.json().substring(1);
            }
        };

        abstract String of(Member member);
    }

    JsonOutput(ByteSink into, Naming naming) {
        this.into = into;
        this.naming = naming;
    }

    JsonOutput begin() {
        into.octet('{');
        first = true;
        return this;
    }

    void end() {
        into.octet('}');
        first = false;
    }

    /// The name of a member whose value is written next.
    JsonOutput name(String name) {
        if (!first) {
            into.octet(',');
        }
        first = false;
        quoted(name);
        into.octet(':');
        return this;
    }

    @Override
    public void text(String name, String value) {
        name(name);
        quoted(value);
    }

    @Override
    public void text(String name, ByteBuffer utf8) {
        name(name);
        into.octet('"').escaped(utf8, ESCAPES).octet('"');
    }

    @Override
    public void number(String name, long value) {
        name(name);
        into.text(Long.toString(value));
    }

    @Override
    public void bool(String name, boolean value) {
        name(name);
        into.text(value ? "true" : "false");
    }

    @Override
    public void bytes(String name, ByteBuffer value) {
        text(name, Base64.getEncoder().encode(value.duplicate()));
    }

    @Override
    public void texts(Member list, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        name(naming.of(list));
        var mark = '[';
        for (var value : values) {
            into.octet(mark);
            quoted(value);
            mark = ',';
        }
        into.octet(']');
    }

    @Override
    public <T> void structures(Member list, List<T> values, BiConsumer<Output, T> each) {
        if (values.isEmpty()) {
            return;
        }
        name(naming.of(list));
        var mark = '[';
        for (var value : values) {
            into.octet(mark);
            begin();
            each.accept(this, value);
            end();
            mark = ',';
        }
        into.octet(']');
    }

    @Override
    public void map(Member map, Map<String, String> values) {
        if (!values.isEmpty()) {
            name(naming.of(map)).begin();
            values.forEach((name, value) -> text(name, value));
            end();
        }
    }

    @Override
    public <T> void structureMap(Member map, Map<String, T> values, BiConsumer<Output, T> each) {
        if (values.isEmpty()) {
            return;
        }
        name(naming.of(map)).begin();
        values.forEach(
                (name, value) -> {
                    name(name).begin();
                    each.accept(this, value);
                    end();
                });
        end();
    }

    private void quoted(String text) {
        into.octet('"').escaped(text, ESCAPES).octet('"');
    }

    private static byte[][] escapes() {
        var escapes = new byte[128][];
        for (int octet = 0; octet < escapes.length; octet++) {
            var escape =
                    switch (octet) {
                        case '"' -> "\\\"";
                        case '\\' -> "\\\\";
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        default -> octet < 0x20 ? "\\u%04x".formatted(octet) : "";
                    };
            escapes[octet] = escape.getBytes(StandardCharsets.US_ASCII);
        }
        return escapes;
    }
}
