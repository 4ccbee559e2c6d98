package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.Once;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which messages a queue has taken within the last [Once#WINDOW_MILLIS], so that the same one is taken once. It stays known when the message is consumed. Owned
/// by its queue's state.
public final class Remembered {
    private static final int FIXED_BYTES = 4 * Long.BYTES;
    static final int ENTRY_BYTES_MAX = FIXED_BYTES + 2 * Varint.MAX_BYTES;

    private final Map<Key, Entry> byKey = new HashMap<>();
    private final ArrayDeque<Entry> byAge = new ArrayDeque<>(0);

    /// Before this offset nothing is known any more: it was forgotten on purpose.
    private long from;

    private record Key(long high, long low) {}

    /// A message that was taken.
    ///
    /// @param id what it is called
    /// @param offset where it went
    /// @param atMillis when, wall clock
    public record Entry(long keyHigh, long keyLow, UUID id, long offset, long atMillis) {
        private Key key() {
            return new Key(keyHigh, keyLow);
        }

        void write(ByteBuffer into) {
            into.putLong(keyHigh).putLong(keyLow);
            into.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            Varint.write(offset, into);
            Varint.write(atMillis, into);
        }

        static Entry read(ByteBuffer from) {
            return new Entry(
                    from.getLong(),
                    from.getLong(),
                    new UUID(from.getLong(), from.getLong()),
                    Varint.read(from),
                    Varint.read(from));
        }
    }

    /// The message that came first with this key; null when there was none within the window.
    public @Nullable Entry find(Once once, long nowMillis) {
        var found = byKey.get(new Key(once.keyHigh(), once.keyLow()));
        return found == null || isOld(found, nowMillis) ? null : found;
    }

    public int size() {
        return byKey.size();
    }

    /// A message was taken; the older ones that nobody can meet any more are let go.
    public void add(Entry entry) {
        byKey.put(entry.key(), entry);
        byAge.add(entry);
        while (isOld(byAge.element(), entry.atMillis())) {
            var old = byAge.remove();
            byKey.remove(old.key(), old);
        }
    }

    /// At a start: a record that has the header [Once#HEADER].
    public void examined(Entry entry) {
        if (entry.offset() >= from && !byKey.containsKey(entry.key())) {
            add(entry);
        }
    }

    /// The message was not taken after all.
    public void forget(long keyHigh, long keyLow) {
        var gone = byKey.remove(new Key(keyHigh, keyLow));
        if (gone != null) {
            byAge.remove(gone);
        }
    }

    /// Forgets all messages before `offset`.
    public void forgetBefore(long offset) {
        from = offset;
        byKey.clear();
        byAge.clear();
    }

    /// At a start: what lies at `end` or behind it never became durable.
    public void endsAt(long end) {
        byAge.removeIf(entry -> entry.offset() >= end && byKey.remove(entry.key(), entry));
    }

    int bytesMax() {
        return 2 * Varint.MAX_BYTES + byAge.size() * ENTRY_BYTES_MAX;
    }

    void write(ByteBuffer into) {
        Varint.write(from, into);
        Varint.write(byAge.size(), into);
        byAge.forEach(entry -> entry.write(into));
    }

    void read(ByteBuffer source) {
        from = Varint.read(source);
        for (long left = Varint.read(source); left > 0; left--) {
            add(Entry.read(source));
        }
    }

    private static boolean isOld(Entry entry, long nowMillis) {
        return nowMillis - entry.atMillis() >= Once.WINDOW_MILLIS;
    }
}
