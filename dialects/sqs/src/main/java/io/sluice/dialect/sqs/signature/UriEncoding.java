package io.sluice.dialect.sqs.signature;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding as signatures want it: of every octet but `A-Z a-z 0-9 - . _ ~`, in capitals.
final class UriEncoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UriEncoding() {}

    static String encode(String text) {
        return encode(text, false);
    }

    /// Of a path, whose slashes stay.
    static String encodePath(String path) {
        return encode(path, true);
    }

    private static String encode(String text, boolean keepSlashes) {
        var encoded = new StringBuilder(text.length() + 16);
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet) || (keepSlashes && octet == '/')) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(byte octet) {
        return ('A' <= octet && octet <= 'Z')
                || ('a' <= octet && octet <= 'z')
                || ('0' <= octet && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }

    /// Percent signs that no two digits follow stand for themselves.
    static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        var octets = text.getBytes(StandardCharsets.UTF_8);
        var plain = new byte[octets.length];
        var length = 0;
        for (int at = 0; at < octets.length; at++) {
            var octet = octets[at];
            if (octet == '+') {
                octet = ' ';
            } else if (octet == '%' && at + 2 < octets.length) {
                var high = Character.digit(octets[at + 1], 16);
                var low = Character.digit(octets[at + 2], 16);
                if (high >= 0 && low >= 0) {
                    octet = (byte) (high << 4 | low);
                    at += 2;
                }
            }
            plain[length++] = octet;
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }
}
