package io.sluice.admin.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Percent-encoding of path segments, query values and binding keys.
public final class Percent {
    private static final String SAFE = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    /// A path segment or key as it was meant. What is no valid escape stands for itself.
    public static String decode(String text) {
        return decode(text, false);
    }

    /// Part of a query string, where a plus is a space.
    static String decodeQuery(String text) {
        return decode(text, true);
    }

    /// All but letters, digits and `-._~` escaped.
    public static String encode(String text) {
        var out = new StringBuilder(text.length());
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            append(next, out);
        }
        return out.toString();
    }

    private static void append(byte next, StringBuilder out) {
        char letter = (char) (next & 0xFF);
        boolean plain =
                ('a' <= letter && letter <= 'z')
                        || ('A' <= letter && letter <= 'Z')
                        || ('0' <= letter && letter <= '9')
                        || SAFE.indexOf(letter) >= 0;
        if (plain) {
            out.append(letter);
        } else {
            out.append('%').append(HEX.charAt(letter >> 4)).append(HEX.charAt(letter & 0xF));
        }
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int escaped =
                    bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
            if (escaped >= 0) {
                out.write(escaped);
                i += 2;
            } else {
                out.write(plusIsSpace && bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// -1 when they are not two hexadecimal digits.
    private static int hex(byte high, byte low) {
        int first = Character.digit(high, 16);
        int second = Character.digit(low, 16);
        return first < 0 || second < 0 ? -1 : (first << 4) + second;
    }
}
