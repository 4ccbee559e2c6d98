package io.sluice.broker.message;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes envelopes as [Envelope] draws them. Texts longer than 255 bytes are cut, which no protocol that has them allows.
public final class EnvelopeWriter {
    private static final int TEXT_MAX = 255;

    private EnvelopeWriter() {}

    /// An upper bound of what [#write] puts for an envelope without deaths.
    ///
    /// @param exchange,routingKey UTF-8, from position to limit, at most 255 bytes each
    public static int bytesMax(ByteBuffer exchange, ByteBuffer routingKey, ByteBuffer properties) {
        return 3
                + 2 * Varint.MAX_BYTES
                + 3
                + exchange.remaining()
                + routingKey.remaining()
                + properties.remaining();
    }

    /// The common case: one routing key, no deaths. Moves nobody's position but `into`'s.
    ///
    /// @param ttlMillis,notBeforeMillis -1: none
    public static void write(
            int priority,
            long ttlMillis,
            long notBeforeMillis,
            ByteBuffer exchange,
            ByteBuffer routingKey,
            ByteBuffer properties,
            ByteBuffer into) {
        head(priority, ttlMillis, notBeforeMillis, Envelope.PROPERTIES, into);
        text(exchange, into);
        into.put((byte) 1);
        text(routingKey, into);
        put(properties, into);
    }

    /// An upper bound of what [#write] puts beside the properties.
    public static int bytesMax(List<String> routingKeys, @Nullable Deaths deaths) {
        return 3
                + 3 * Varint.MAX_BYTES
                + 2
                + TEXT_MAX
                + bytesMax(routingKeys)
                + (deaths == null ? 0 : bytesMax(deaths));
    }

    private static int bytesMax(List<String> texts) {
        int bytes = 0;
        for (var text : texts) {
            // UTF-8 has at most three bytes for each of Java's characters.
            bytes += 1 + Math.min(TEXT_MAX, 3 * text.length());
        }
        return bytes;
    }

    private static int bytesMax(Deaths deaths) {
        int bytes = 3 * (TEXT_MAX + 1) + Varint.MAX_BYTES;
        for (var death : deaths.latestFirst()) {
            bytes += 2 * (TEXT_MAX + 1) + bytesMax(death.routingKeys()) + 2 + 3 * Varint.MAX_BYTES;
        }
        return bytes;
    }

    /// Any envelope.
    public static ByteBuffer write(
            int priority,
            long ttlMillis,
            long notBeforeMillis,
            String exchange,
            List<String> routingKeys,
            @Nullable Deaths deaths,
            @Nullable ByteBuffer properties) {
        return write(
                priority, ttlMillis, notBeforeMillis, exchange, routingKeys, deaths, 0, properties);
    }

    /// The envelope of a message that the broker sends on, whose record has [LetterHeaders].
    static ByteBuffer writeLetter(
            int priority,
            String exchange,
            List<String> routingKeys,
            @Nullable Deaths deaths,
            @Nullable ByteBuffer properties) {
        return write(priority, -1, -1, exchange, routingKeys, deaths, Envelope.LETTER, properties);
    }

    private static ByteBuffer write(
            int priority,
            long ttlMillis,
            long notBeforeMillis,
            String exchange,
            List<String> routingKeys,
            @Nullable Deaths deaths,
            int letter,
            @Nullable ByteBuffer properties) {
        var into =
                ByteBuffer.allocate(
                        bytesMax(routingKeys, deaths)
                                + (properties == null ? 0 : properties.remaining()));
        int flags =
                letter
                        | (deaths == null ? 0 : Envelope.DEATHS)
                        | (properties == null ? 0 : Envelope.PROPERTIES);
        head(priority, ttlMillis, notBeforeMillis, flags, into);
        text(exchange, into);
        keys(routingKeys, into);
        if (deaths != null) {
            var packed = packed(deaths);
            Varint.write(packed.remaining(), into);
            into.put(packed);
        }
        if (properties != null) {
            put(properties, into);
        }
        return into.flip();
    }

    private static void head(
            int priority, long ttlMillis, long notBeforeMillis, int more, ByteBuffer into) {
        int flags =
                more
                        | (priority > 0 ? Envelope.PRIORITY : 0)
                        | (ttlMillis >= 0 ? Envelope.TTL : 0)
                        | (notBeforeMillis >= 0 ? Envelope.NOT_BEFORE : 0);
        into.put(Envelope.VERSION).put((byte) flags);
        if (priority > 0) {
            into.put((byte) priority);
        }
        if (ttlMillis >= 0) {
            Varint.write(ttlMillis, into);
        }
        if (notBeforeMillis >= 0) {
            Varint.write(notBeforeMillis, into);
        }
    }

    private static ByteBuffer packed(Deaths deaths) {
        var into = ByteBuffer.allocate(bytesMax(deaths));
        text(deaths.firstQueue(), into);
        into.put((byte) deaths.firstReason().code());
        text(deaths.firstExchange(), into);
        Varint.write(deaths.latestFirst().size(), into);
        for (var death : deaths.latestFirst()) {
            text(death.queue(), into);
            into.put((byte) death.reason().code());
            Varint.write(death.firstMillis(), into);
            Varint.write(death.count(), into);
            text(death.exchange(), into);
            keys(death.routingKeys(), into);
            Varint.write(death.originalTtlMillis().orElse(-1L), into);
        }
        return into.flip();
    }

    private static void keys(List<String> keys, ByteBuffer into) {
        int count = Math.min(TEXT_MAX, keys.size());
        into.put((byte) count);
        for (var key : keys.subList(0, count)) {
            text(key, into);
        }
    }

    private static void text(String text, ByteBuffer into) {
        text(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), into);
    }

    private static void text(ByteBuffer utf8, ByteBuffer into) {
        int length = Math.min(TEXT_MAX, utf8.remaining());
        into.put((byte) length);
        into.put(into.position(), utf8, utf8.position(), length).position(into.position() + length);
    }

    private static void put(ByteBuffer bytes, ByteBuffer into) {
        into.put(into.position(), bytes, bytes.position(), bytes.remaining())
                .position(into.position() + bytes.remaining());
    }
}
