package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.ErrorKind;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Reads `name=value&name=value`, percent-encoded, as forms and query strings have it.
///
/// The largest honest form has some hundred parameters, of names with few dots; more would cost many times their own size.
final class Form {
    private static final int PARAMETERS_MAX = 2_000;
    private static final int NAME_LENGTH_MAX = 256;

    private final QueryFields fields;
    private int parameters;

    private Form(QueryFields fields) {
        this.fields = fields;
    }

    /// Of a query string and, where both have a parameter, rather of a body.
    static QueryFields read(String query, ByteBuffer body) {
        var form = new Form(new QueryFields());
        var queryBytes = query.getBytes(StandardCharsets.UTF_8);
        form.add(queryBytes, 0, queryBytes.length);
        var start = body.arrayOffset() + body.position();
        form.add(body.array(), start, start + body.remaining());
        return form.fields;
    }

    private void add(byte[] bytes, int start, int end) {
        var from = start;
        while (from < end) {
            var to = indexOf('&', bytes, from, end);
            if (to > from) {
                addOne(bytes, from, to);
            }
            from = to + 1;
        }
    }

    private void addOne(byte[] bytes, int from, int to) {
        if (++parameters > PARAMETERS_MAX) {
            throw malformed("There are too many parameters.");
        }
        var equals = indexOf('=', bytes, from, to);
        var name = decoded(bytes, from, equals);
        if (name.length() > NAME_LENGTH_MAX) {
            throw malformed("The name of a parameter is too long.");
        }
        fields.put(name, decoded(bytes, Math.min(equals + 1, to), to));
    }

    private static int indexOf(char wanted, byte[] bytes, int from, int end) {
        var at = from;
        while (at < end && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String decoded(byte[] bytes, int from, int to) {
        var plain = new byte[to - from];
        var length = 0;
        for (var at = from; at < to; at++) {
            switch (bytes[at]) {
                case '+' -> plain[length++] = ' ';
                case '%' -> {
                    if (at + 2 >= to) {
                        throw malformed("A percent sign is not followed by two digits.");
                    }
                    plain[length++] = (byte) (digit(bytes[at + 1]) << 4 | digit(bytes[at + 2]));
                    at += 2;
                }
                default -> plain[length++] = bytes[at];
            }
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    private static int digit(byte hex) {
        var digit = Character.digit(hex, 16);
        if (digit < 0) {
            throw malformed("A percent sign is not followed by two digits.");
        }
        return digit;
    }

    private static RefusedException malformed(String message) {
        return new RefusedException(new SqsError(ErrorKind.MALFORMED_QUERY, message));
    }
}
