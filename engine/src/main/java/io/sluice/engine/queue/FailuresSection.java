package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.message.FailureHistory;
import io.sluice.broker.message.FailureHistory.Attempt;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// How messages have failed, those that are there and those that are dying, as a part of a queue's snapshot.
///
/// ```text
///   names: count, each a text         of those that are there: count, each: offset, length, as [Failures] has it
///   of those that are dying: count, each: offset, attempts, first time, count, each: time, consumer, code (texts); text
///   text: length, UTF-8
/// ```
///
/// There may be a million of the first ones: they are copied, not looked into.
final class FailuresSection implements SnapshotSection {
    private static final int ID = 1;
    private static final int UTF8_MAX = 3;

    private final QueueState state;

    FailuresSection(QueueState state) {
        this.state = state;
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public int bytesMax() {
        var dying = dying();
        if (state.failures().isEmpty() && dying.isEmpty()) {
            return 0;
        }
        long bytes = 2L * Varint.MAX_BYTES + state.failures().writtenBytesMax();
        for (var history : dying.values()) {
            bytes += Varint.MAX_BYTES + bytesMax(history);
        }
        return Math.toIntExact(bytes);
    }

    private static long bytesMax(FailureHistory history) {
        long bytes = 3L * Varint.MAX_BYTES + bytesMax(history.text());
        for (var attempt : history.latest()) {
            bytes += Varint.MAX_BYTES + bytesMax(attempt.consumer()) + bytesMax(attempt.code());
        }
        return bytes;
    }

    private static long bytesMax(String text) {
        return Varint.MAX_BYTES + (long) UTF8_MAX * text.length();
    }

    /// By offset: one letter may be held for several targets.
    private Map<Long, FailureHistory> dying() {
        var found = new LinkedHashMap<Long, FailureHistory>();
        state.dyingOnes().forEach(one -> add(one, found));
        return found;
    }

    private static void add(Dying one, Map<Long, FailureHistory> into) {
        if (!one.history().isEmpty()) {
            into.put(one.offset(), one.history());
        }
    }

    @Override
    public void write(ByteBuffer into) {
        state.failures().write(into);
        var dying = dying();
        Varint.write(dying.size(), into);
        dying.forEach((offset, history) -> write(offset, history, into));
    }

    private static void write(long offset, FailureHistory history, ByteBuffer into) {
        Varint.write(offset, into);
        Varint.write(history.attempts(), into);
        Varint.write(history.firstMillis(), into);
        Varint.write(history.latest().size(), into);
        for (var attempt : history.latest()) {
            Varint.write(attempt.atMillis(), into);
            Failed.write(attempt.consumer(), into);
            Failed.write(attempt.code(), into);
        }
        Failed.write(history.text(), into);
    }

    @Override
    public void read(ByteBuffer from) {
        state.failures().read(from);
        var dying = new HashMap<Long, FailureHistory>();
        for (long left = Varint.read(from); left > 0; left--) {
            long offset = Varint.read(from);
            dying.put(offset, readHistory(from));
        }
        state.dyingOnes().restoreHistories(dying);
    }

    private static FailureHistory readHistory(ByteBuffer from) {
        long attempts = Varint.read(from);
        long first = Varint.read(from);
        var latest = new ArrayList<Attempt>();
        for (long left = Varint.read(from); left > 0; left--) {
            long at = Varint.read(from);
            var consumer = Failed.readText(from);
            latest.add(new Attempt(at, consumer, Failed.readText(from)));
        }
        return new FailureHistory(attempts, first, latest, Failed.readText(from));
    }
}
