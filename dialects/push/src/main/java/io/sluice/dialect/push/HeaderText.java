package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// Anything as text that may stand in a header: percent-encoded UTF-8, as CloudEvents have it.
final class HeaderText {
    private static final String HEX = "0123456789ABCDEF";
    private static final String TOKEN = "!#$&'*+-.^_`|~";
    private static final String UNRESERVED = "-._~";

    private HeaderText() {}

    static String value(String text) {
        return value(UTF_8.encode(text));
    }

    /// Blanks, quotes, percent signs and what is not visible ASCII are encoded. Bytes that are no UTF-8 are encoded as they are.
    static String value(ByteBuffer bytes) {
        var out = new StringBuilder(bytes.remaining() + 8);
        for (int at = bytes.position(); at < bytes.limit(); at++) {
            byte b = bytes.get(at);
            append(out, b, b > ' ' && b < 0x7F && b != '"' && b != '%');
        }
        return out.toString();
    }

    /// As a part of a header's name.
    static String name(String text) {
        var out = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(UTF_8)) {
            append(out, b, isAlphanumeric(b) || TOKEN.indexOf(b) >= 0);
        }
        return out.toString();
    }

    /// As one segment of an address's path.
    static String segment(String text) {
        var out = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(UTF_8)) {
            append(out, b, isAlphanumeric(b) || UNRESERVED.indexOf(b) >= 0);
        }
        return out.toString();
    }

    private static boolean isAlphanumeric(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }

    private static void append(StringBuilder out, byte b, boolean plain) {
        if (plain) {
            out.append((char) b);
        } else {
            out.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
        }
    }
}
