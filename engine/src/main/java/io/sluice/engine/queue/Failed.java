package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.message.FailureHistory.Attempt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A try that has failed, as a fact.
///
/// @param kept of so many of its latest tries the message remembers how they went
public record Failed(long atMillis, String consumer, String code, String text, int kept) {
    private static final int NAME_MAX = 100;

    public Failed {
        consumer = consumer.length() <= NAME_MAX ? consumer : consumer.substring(0, NAME_MAX);
    }

    Attempt attempt() {
        return new Attempt(atMillis, consumer, code);
    }

    int bytesMax() {
        // UTF-8 has at most three bytes for each of Java's characters.
        return 5 * Varint.MAX_BYTES + 3 * (consumer.length() + code.length() + text.length());
    }

    void write(ByteBuffer into) {
        Varint.write(atMillis, into);
        Varint.write(kept, into);
        write(consumer, into);
        write(code, into);
        write(text, into);
    }

    static Failed read(ByteBuffer from) {
        long at = Varint.read(from);
        int kept = (int) Varint.read(from);
        return new Failed(at, readText(from), readText(from), readText(from), kept);
    }

    static void write(String text, ByteBuffer into) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        Varint.write(utf8.length, into);
        into.put(utf8);
    }

    static String readText(ByteBuffer from) {
        var utf8 = new byte[(int) Varint.read(from)];
        from.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
