package io.sluice.broker.message;

import io.sluice.base.Varint;
import io.sluice.broker.message.Death.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the broker itself knows of a message, in the record header [#HEADER]. A view over that header's bytes: what is not asked for
/// is not decoded. Records that came by Kafka have none.
///
/// ```text
///   ┌─────────┬───────┬──────────┬────────┬────────────┬──────────┬──────┬────────────┬────────┬────────────┐
///   │ version │ flags │ priority │  ttl   │ not before │ exchange │ keys │    keys    │ deaths │ properties │
///   │  u8 = 1 │  u8   │    u8    │ varint │   varint   │  text8   │  u8  │ text8 each │ sized  │  the rest  │
///   └─────────┴───────┴──────────┴────────┴────────────┴──────────┴──────┴────────────┴────────┴────────────┘
///                        bit 0     bit 1      bit 2                                     bit 3    bit 4
///
///   text8: u8 length, UTF-8        sized: varint length, then
///   deaths: first queue, reason u8, exchange; count varint; each: queue, reason, first time varint, count varint, exchange, keys,
///           original ttl varint (-1: none)
/// ```
public final class Envelope {
    /// The record header's key.
    public static final String HEADER = "sluice";

    static final byte VERSION = 1;
    static final int PRIORITY = 1;
    static final int TTL = 1 << 1;
    static final int NOT_BEFORE = 1 << 2;
    static final int DEATHS = 1 << 3;
    static final int PROPERTIES = 1 << 4;

    private final ByteBuffer bytes;
    private final int flags;
    private final int priority;
    private final long ttlMillis;
    private final long notBeforeMillis;
    private final int exchangeAt;
    private final int keysAt;

    private Envelope(ByteBuffer from) {
        bytes = from.duplicate();
        if (bytes.remaining() < 2 || bytes.get() != VERSION) {
            throw new IllegalArgumentException("an envelope of an unknown version");
        }
        flags = bytes.get() & 0xFF;
        priority = has(PRIORITY) ? bytes.get() & 0xFF : 0;
        ttlMillis = has(TTL) ? Varint.read(bytes) : -1;
        notBeforeMillis = has(NOT_BEFORE) ? Varint.read(bytes) : -1;
        exchangeAt = bytes.position();
        keysAt = exchangeAt + 1 + (bytes.get(exchangeAt) & 0xFF);
    }

    /// The envelope in these bytes.
    ///
    /// @throws RuntimeException when they are none: [IllegalArgumentException], or a buffer's own
    public static Envelope of(ByteBuffer bytes) {
        return new Envelope(bytes);
    }

    /// Whether the envelope that begins with these two bytes has a time to live.
    public static boolean mayHaveTtl(byte version, byte itsFlags) {
        return version != VERSION || (itsFlags & TTL) != 0;
    }

    /// The time to live in an envelope's bytes, without a look at the rest; -1: none, or these bytes are no envelope.
    public static long ttlMillisOf(ByteBuffer envelope) {
        int at = envelope.position();
        if (envelope.remaining() < 3
                || envelope.get(at) != VERSION
                || (envelope.get(at + 1) & TTL) == 0) {
            return -1;
        }
        int behind = at + 2 + ((envelope.get(at + 1) & PRIORITY) != 0 ? 1 : 0);
        return Varint.read(envelope.duplicate().position(behind));
    }

    /// 0 (none) to 255.
    public int priority() {
        return priority;
    }

    /// Its own time to live; -1: none.
    public long ttlMillis() {
        return ttlMillis;
    }

    /// Not handed out before this wall clock time; -1: at once.
    public long notBeforeMillis() {
        return notBeforeMillis;
    }

    /// UTF-8 bytes of the exchange's name, from position to limit.
    public ByteBuffer exchangeBytes() {
        return bytes.slice(exchangeAt + 1, keysAt - exchangeAt - 1);
    }

    public String exchange() {
        return text(exchangeAt);
    }

    /// UTF-8 bytes of the first routing key; empty when there is none.
    public ByteBuffer routingKeyBytes() {
        return bytes.get(keysAt) == 0
                ? bytes.slice(keysAt, 0)
                : bytes.slice(keysAt + 2, bytes.get(keysAt + 1) & 0xFF);
    }

    /// The routing key it was published with, then those of CC.
    public List<String> routingKeys() {
        int count = bytes.get(keysAt) & 0xFF;
        var keys = new ArrayList<String>(count);
        int at = keysAt + 1;
        for (int i = 0; i < count; i++) {
            keys.add(text(at));
            at += 1 + (bytes.get(at) & 0xFF);
        }
        return keys;
    }

    public boolean hasDeaths() {
        return has(DEATHS);
    }

    public Optional<Deaths> deaths() {
        if (!has(DEATHS)) {
            return Optional.empty();
        }
        var from = bytes.duplicate().position(behindKeys());
        Varint.read(from);
        return Optional.of(readDeaths(from));
    }

    /// The dialect's own properties as it wrote them; null when there are none.
    public @Nullable ByteBuffer properties() {
        if (!has(PROPERTIES)) {
            return null;
        }
        int at = behindKeys();
        if (has(DEATHS)) {
            var from = bytes.duplicate().position(at);
            long length = Varint.read(from);
            at = from.position() + (int) length;
        }
        return bytes.slice(at, bytes.limit() - at);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private int behindKeys() {
        int at = keysAt + 1;
        for (int left = bytes.get(keysAt) & 0xFF; left > 0; left--) {
            at += 1 + (bytes.get(at) & 0xFF);
        }
        return at;
    }

    private String text(int at) {
        var text = new byte[bytes.get(at) & 0xFF];
        bytes.get(at + 1, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static Deaths readDeaths(ByteBuffer from) {
        var firstQueue = readText(from);
        var firstReason = Reason.ofCode(from.get());
        var firstExchange = readText(from);
        int count = (int) Varint.read(from);
        var deaths = new ArrayList<Death>();
        for (int i = 0; i < count; i++) {
            deaths.add(readDeath(from));
        }
        return new Deaths(deaths, firstQueue, firstReason, firstExchange);
    }

    private static Death readDeath(ByteBuffer from) {
        var queue = readText(from);
        var reason = Reason.ofCode(from.get());
        long firstMillis = Varint.read(from);
        long count = Varint.read(from);
        var exchange = readText(from);
        int keyCount = from.get() & 0xFF;
        var keys = new ArrayList<String>(keyCount);
        for (int i = 0; i < keyCount; i++) {
            keys.add(readText(from));
        }
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

    private static String readText(ByteBuffer from) {
        var text = new byte[from.get() & 0xFF];
        from.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
