package io.sluice.broker.message;

import io.sluice.base.Varint;
import io.sluice.broker.message.Death.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what [EnvelopeWriter] has written of a message's deaths; [Envelope] draws it.
final class DeathsReader {
    private DeathsReader() {}

    /// @throws RuntimeException when these bytes are no deaths
    static Deaths read(ByteBuffer from) {
        var firstQueue = text(from);
        var firstReason = Reason.ofCode(from.get());
        var firstExchange = text(from);
        var deaths = new ArrayList<Death>();
        for (long left = Varint.read(from); left > 0; left--) {
            deaths.add(death(from));
        }
        return new Deaths(deaths, firstQueue, firstReason, firstExchange);
    }

    private static Death death(ByteBuffer from) {
        var queue = text(from);
        var reason = Reason.ofCode(from.get());
        long firstMillis = Varint.read(from);
        long count = Varint.read(from);
        var exchange = text(from);
        var keys = keys(from);
        long ttl = Varint.read(from);
        return new Death(
                queue,
                reason,
                firstMillis,
                count,
                exchange,
                keys,
                ttl < 0 ? Optional.empty() : Optional.of(ttl));
    }

    private static List<String> keys(ByteBuffer from) {
        int count = from.get() & 0xFF;
        var keys = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            keys.add(text(from));
        }
        return keys;
    }

    static String text(ByteBuffer from) {
        var text = new byte[from.get() & 0xFF];
        from.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
