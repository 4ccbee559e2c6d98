package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.message.FailureHistory;
import io.sluice.broker.message.FailureHistory.Attempt;
import io.sluice.engine.queue.QueueState.Dying;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How messages have failed, those that are there and those that are dying, as a part of a queue's snapshot.
///
/// ```text
///   names: count, each length, UTF-8             of those that are there: count, each a history
///   of those that are dying: count, each a history
///   history: offset, attempts, first time, count, each: time since the first, consumer, code (numbers of names); text: length, UTF-8
/// ```
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
        var bytes = new long[] {3L * Varint.MAX_BYTES};
        var names = new Numbers();
        state.failures().forEach((offset, history) -> bytes[0] += bytesMax(offset, history, names));
        dying.forEach((offset, history) -> bytes[0] += bytesMax(offset, history, names));
        for (var name : names.texts) {
            bytes[0] += Varint.MAX_BYTES + (long) UTF8_MAX * name.length();
        }
        return Math.toIntExact(bytes[0]);
    }

    private static long bytesMax(long offset, FailureHistory history, Numbers names) {
        long bytes =
                Varint.size(offset)
                        + Varint.size(history.attempts())
                        + Varint.size(history.firstMillis())
                        + Varint.MAX_BYTES
                        + Varint.MAX_BYTES
                        + (long) UTF8_MAX * history.text().length();
        for (var attempt : history.latest()) {
            bytes +=
                    Varint.size(attempt.atMillis() - history.firstMillis())
                            + Varint.size(names.of(attempt.consumer()))
                            + Varint.size(names.of(attempt.code()));
        }
        return bytes;
    }

    /// By offset: one letter may be held for several targets.
    private Map<Long, FailureHistory> dying() {
        var found = new LinkedHashMap<Long, FailureHistory>();
        state.dyingOnes().forEach(one -> add(one, found));
        state.outbox().held().forEach(held -> held.letters().forEach(one -> add(one, found)));
        return found;
    }

    private static void add(Dying one, Map<Long, FailureHistory> into) {
        if (!one.history().isEmpty()) {
            into.put(one.offset(), one.history());
        }
    }

    @Override
    public void write(ByteBuffer into) {
        var dying = dying();
        var names = new Numbers();
        state.failures().forEach((_, history) -> names.add(history));
        dying.values().forEach(names::add);
        Varint.write(names.texts.size(), into);
        names.texts.forEach(text -> Failed.write(text, into));
        Varint.write(state.failures().size(), into);
        state.failures().forEach((offset, history) -> write(offset, history, names, into));
        Varint.write(dying.size(), into);
        dying.forEach((offset, history) -> write(offset, history, names, into));
    }

    private static void write(long offset, FailureHistory history, Numbers names, ByteBuffer into) {
        Varint.write(offset, into);
        Varint.write(history.attempts(), into);
        Varint.write(history.firstMillis(), into);
        Varint.write(history.latest().size(), into);
        for (var attempt : history.latest()) {
            Varint.write(attempt.atMillis() - history.firstMillis(), into);
            Varint.write(names.of(attempt.consumer()), into);
            Varint.write(names.of(attempt.code()), into);
        }
        Failed.write(history.text(), into);
    }

    @Override
    public void read(ByteBuffer from) {
        var names = new ArrayList<String>();
        for (long left = Varint.read(from); left > 0; left--) {
            names.add(Failed.readText(from));
        }
        for (long left = Varint.read(from); left > 0; left--) {
            long offset = Varint.read(from);
            state.failures().put(offset, history(from, names));
        }
        var dying = new HashMap<Long, FailureHistory>();
        for (long left = Varint.read(from); left > 0; left--) {
            long offset = Varint.read(from);
            dying.put(offset, history(from, names));
        }
        state.restoreHistories(dying);
    }

    private static FailureHistory history(ByteBuffer from, List<String> names) {
        long attempts = Varint.read(from);
        long first = Varint.read(from);
        var latest = new ArrayList<Attempt>();
        for (long left = Varint.read(from); left > 0; left--) {
            long at = first + Varint.read(from);
            var consumer = names.get((int) Varint.read(from));
            latest.add(new Attempt(at, consumer, names.get((int) Varint.read(from))));
        }
        return new FailureHistory(attempts, first, latest, Failed.readText(from));
    }

    /// Texts in the order in which they were first met.
    private static final class Numbers {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> texts = new ArrayList<>();

        void add(FailureHistory history) {
            for (var attempt : history.latest()) {
                of(attempt.consumer());
                of(attempt.code());
            }
        }

        int of(String text) {
            var known = numbers.putIfAbsent(text, texts.size());
            if (known != null) {
                return known;
            }
            texts.add(text);
            return texts.size() - 1;
        }
    }
}
