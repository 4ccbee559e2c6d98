package io.sluice.broker.message;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the broker itself knows of a message, in the record header [#HEADER]. A view over that header's bytes: exchange, keys and properties are
/// decoded when they are asked for. Records that came by Kafka have none; but anybody may write a header of that name, so what is no envelope is
/// found out at once, and what is one can be read to its end.
///
/// ```text
///   ┌─────────┬───────┬──────────┬────────┬────────────┬──────────┬──────┬────────────┬────────┬────────────┐
///   │ version │ flags │ priority │  ttl   │ not before │ exchange │ keys │    keys    │ deaths │ properties │
///   │  u8 = 1 │  u8   │    u8    │ varint │   varint   │  text8   │  u8  │ text8 each │ sized  │  the rest  │
///   └─────────┴───────┴──────────┴────────┴────────────┴──────────┴──────┴────────────┴────────┴────────────┘
///                        bit 0     bit 1      bit 2                                     bit 3    bit 4
///
///   bit 5: the broker has sent it on, and says so in the record's headers (LetterHeaders)
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
    static final int LETTER = 1 << 5;

    private final ByteBuffer bytes;
    private final int flags;
    private final int priority;
    private final long ttlMillis;
    private final long notBeforeMillis;
    private final int exchangeAt;
    private final int keysAt;
    private final Optional<Deaths> deaths;
    private final int propertiesAt;

    private Envelope(ByteBuffer from) {
        bytes = from.duplicate();
        if (bytes.remaining() < 2 || bytes.get() != VERSION) {
            throw new IllegalArgumentException("an envelope of an unknown version");
        }
        flags = bytes.get() & 0xFF;
        priority = has(PRIORITY) ? bytes.get() & 0xFF : 0;
        ttlMillis = has(TTL) ? millis(bytes) : -1;
        notBeforeMillis = has(NOT_BEFORE) ? millis(bytes) : -1;
        exchangeAt = bytes.position();
        keysAt = behindText(bytes, exchangeAt);
        bytes.position(behindKeys());
        if (has(DEATHS)) {
            int length = Math.toIntExact(Varint.read(bytes));
            deaths = Optional.of(DeathsReader.read(bytes.slice(bytes.position(), length)));
            bytes.position(bytes.position() + length);
        } else {
            deaths = Optional.empty();
        }
        propertiesAt = bytes.position();
    }

    private static long millis(ByteBuffer from) {
        long millis = Varint.read(from);
        if (millis < 0) {
            throw new IllegalArgumentException("a negative time");
        }
        return millis;
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
        try {
            return Math.max(-1, Varint.read(envelope.duplicate().position(behind)));
        } catch (IllegalArgumentException _) {
            return -1;
        }
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
            at = behindText(bytes, at);
        }
        return keys;
    }

    public boolean hasDeaths() {
        return deaths.isPresent();
    }

    /// Whether the broker itself has sent it on, dead or moved: its record has [LetterHeaders].
    public boolean isLetter() {
        return has(LETTER);
    }

    public Optional<Deaths> deaths() {
        return deaths;
    }

    /// The dialect's own properties as it wrote them; null when there are none.
    public @Nullable ByteBuffer properties() {
        return has(PROPERTIES) ? bytes.slice(propertiesAt, bytes.limit() - propertiesAt) : null;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private int behindKeys() {
        int at = keysAt + 1;
        for (int left = bytes.get(keysAt) & 0xFF; left > 0; left--) {
            at = behindText(bytes, at);
        }
        return at;
    }

    private static int behindText(ByteBuffer bytes, int at) {
        return at + 1 + (bytes.get(at) & 0xFF);
    }

    private String text(int at) {
        return DeathsReader.text(bytes.duplicate().position(at));
    }
}
