package io.sluice.engine.queue;

import io.sluice.broker.message.Death.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A queue as one would think of it: a list of messages, each with a place.
final class NaiveQueue {
    private final int priorityMax;
    private final NavigableMap<Long, Message> messages = new TreeMap<>();
    private final List<Message> dying = new ArrayList<>();

    enum Place {
        READY,
        LEASED,
        DELAYED,
        DYING
    }

    /// A message that is not gone, or an offset of which the queue does not know yet that nothing is there.
    static final class Message {
        final long offset;
        final int priority;
        boolean exists;

        Place place = Place.READY;
        int returned;
        long dueMillis;
        long deadlineMillis;
        Reason reason = Reason.REJECTED;
        long deadSinceMillis;

        Message(long offset, int priority, boolean exists) {
            this.offset = offset;
            this.priority = priority;
            this.exists = exists;
        }

        Message copy() {
            var copy = new Message(offset, priority, exists);
            copy.place = place;
            copy.returned = returned;
            copy.dueMillis = dueMillis;
            copy.deadlineMillis = deadlineMillis;
            copy.reason = reason;
            copy.deadSinceMillis = deadSinceMillis;
            return copy;
        }
    }

    NaiveQueue(int priorityMax) {
        this.priorityMax = priorityMax;
    }

    NaiveQueue copy() {
        var copy = new NaiveQueue(priorityMax);
        messages.values().forEach(message -> copy.messages.put(message.offset, message.copy()));
        dying.forEach(message -> copy.dying.add(copy.messages.get(message.offset)));
        return copy;
    }

    void append(List<LiveQueue.Stored> batch, long from, long end) {
        for (var record : batch) {
            var message =
                    new Message(record.offset(), Math.min(priorityMax, record.priority()), true);
            if (record.dueMillis() > 0) {
                message.place = Place.DELAYED;
                message.dueMillis = record.dueMillis();
            }
            messages.put(message.offset, message);
        }
        if (priorityMax == 0) {
            for (long offset = from; offset < end; offset++) {
                messages.putIfAbsent(offset, new Message(offset, 0, false));
            }
        }
    }

    void moveStart(long to) {
        var before = messages.headMap(to).values();
        before.removeIf(
                message ->
                        message.place == Place.DELAYED || message.place == Place.READY);
        before.forEach(message -> message.exists = false);
    }

    // ---- looking

    /// Ready messages in the order in which they are handed out.
    List<Message> order() {
        return all(Place.READY).stream()
                .sorted(
                        Comparator.comparingInt((Message message) -> -message.priority)
                                .thenComparingLong(message -> message.offset))
                .toList();
    }

    List<Message> all(Place place) {
        return messages.values().stream().filter(message -> message.place == place).toList();
    }

    List<Message> dying() {
        return dying;
    }

    /// From `start` on everything before it is gone.
    long floor(long start, long end) {
        var first = messages.ceilingKey(start);
        return first == null ? end : first;
    }

    long firstLeased() {
        return all(Place.LEASED).stream()
                .mapToLong(message -> message.offset)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    Message at(long offset) {
        var found = messages.get(offset);
        assert found != null : "no message " + offset;
        return found;
    }

    /// The first that exists; those in front of it that do not are gone from now on.
    @Nullable Message first() {
        for (var message : order()) {
            if (message.exists) {
                return message;
            }
            messages.remove(message.offset);
        }
        return null;
    }

    // ---- changes

    /// A ready message was handed out, or went: in a queue without priorities what lies before it is known not to exist.
    Message taken(long offset) {
        var taken = at(offset);
        if (priorityMax == 0) {
            messages.headMap(offset).values().removeIf(it -> it.place == Place.READY && !it.exists);
        }
        return taken;
    }

    void lease(long offset, long deadlineMillis) {
        var leased = taken(offset);
        leased.place = Place.LEASED;
        leased.deadlineMillis = deadlineMillis;
    }

    void gone(long offset) {
        messages.remove(offset);
    }

    void purge() {
        messages.values().removeIf(message -> message.place == Place.READY);
    }

    void returned(long offset, boolean counted, long dueMillis) {
        var message = at(offset);
        message.returned += counted ? 1 : 0;
        message.place = dueMillis > 0 ? Place.DELAYED : Place.READY;
        message.dueMillis = dueMillis;
    }

    int due(long nowMillis) {
        int count = 0;
        for (var message : all(Place.DELAYED)) {
            if (message.dueMillis <= nowMillis) {
                message.place = Place.READY;
                count++;
            }
        }
        return count;
    }

    void die(long offset, Reason reason, long nowMillis) {
        var message = at(offset);
        message.place = Place.DYING;
        message.reason = reason;
        message.deadSinceMillis = nowMillis;
        dying.add(message);
    }

    void bury(int count) {
        for (int i = 0; i < count; i++) {
            messages.remove(dying.removeFirst().offset);
        }
    }

    /// Leases without a deadline end.
    void started() {
        for (var message : all(Place.LEASED)) {
            if (message.deadlineMillis == 0) {
                returned(message.offset, true, 0);
            }
        }
    }
}
