package io.sluice.dialect.sqs.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow as they are written.
final class ByteSink {
    private byte[] bytes;
    private int length;

    ByteSink(int bytesExpected) {
        bytes = new byte[bytesExpected];
    }

    ByteSink text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteSink bytes(byte[] more) {
        return bytes(more, 0, more.length);
    }

    ByteSink bytes(byte[] more, int from, int count) {
        room(count);
        System.arraycopy(more, from, bytes, length, count);
        length += count;
        return this;
    }

    ByteSink octet(int octet) {
        room(1);
        bytes[length++] = (byte) octet;
        return this;
    }

    /// Writes UTF-8 with what `escapes` has for the octets that must not stand as they are.
    ByteSink escaped(byte[] utf8, int from, int to, byte[][] escapes) {
        var clean = from;
        for (int at = from; at < to; at++) {
            var octet = utf8[at];
            if (octet >= 0 && escapes[octet].length > 0) {
                bytes(utf8, clean, at - clean).bytes(escapes[octet]);
                clean = at + 1;
            }
        }
        return bytes(utf8, clean, to - clean);
    }

    /// Writes what lies from position to limit, likewise.
    ByteSink escaped(ByteBuffer utf8, byte[][] escapes) {
        if (utf8.hasArray()) {
            var from = utf8.arrayOffset() + utf8.position();
            return escaped(utf8.array(), from, from + utf8.remaining(), escapes);
        }
        var copy = new byte[utf8.remaining()];
        utf8.duplicate().get(copy);
        return escaped(copy, 0, copy.length, escapes);
    }

    ByteSink escaped(String text, byte[][] escapes) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return escaped(utf8, 0, utf8.length, escapes);
    }

    ByteBuffer whole() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
