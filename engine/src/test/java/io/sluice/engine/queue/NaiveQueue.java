package io.sluice.engine.queue;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A queue as one would think of it: a list of messages, each with a place.
final class NaiveQueue {
    private final int priorityMax;
    private final Order order;

    /// Only what exists is known: there are no offsets at which nothing is.
    private final boolean lists;

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
        long key;
        boolean exists;

        Place place = Place.READY;
        int returned;

        /// It was out once, which did not count.
        boolean seen;

        /// All of its tries that have failed, and how many of them are kept.
        final List<Failed> failures = new ArrayList<>();

        long dueMillis;
        long deadlineMillis;
        Reason reason = Reason.REJECTED;
        long deadSinceMillis;

        Message(long offset, int priority, long key, boolean exists) {
            this.offset = offset;
            this.priority = priority;
            this.key = key;
            this.exists = exists;
        }

        Message copy() {
            var copy = new Message(offset, priority, key, exists);
            copy.place = place;
            copy.returned = returned;
            copy.seen = seen;
            copy.failures.addAll(failures);
            copy.dueMillis = dueMillis;
            copy.deadlineMillis = deadlineMillis;
            copy.reason = reason;
            copy.deadSinceMillis = deadSinceMillis;
            return copy;
        }
    }

    NaiveQueue(int priorityMax, Order order) {
        this.priorityMax = priorityMax;
        this.order = order;
        this.lists = priorityMax > 0 || order != Order.NONE;
    }

    NaiveQueue copy() {
        var copy = new NaiveQueue(priorityMax, order);
        messages.values().forEach(message -> copy.messages.put(message.offset, message.copy()));
        dying.forEach(message -> copy.dying.add(copy.messages.get(message.offset)));
        return copy;
    }

    void append(List<LiveQueue.Stored> batch, long from, long end) {
        for (var record : batch) {
            var message =
                    new Message(
                            record.offset(),
                            Math.min(priorityMax, record.priority()),
                            record.key(),
                            true);
            if (record.dueMillis() > 0) {
                message.place = Place.DELAYED;
                message.dueMillis = record.dueMillis();
            }
            messages.put(message.offset, message);
        }
        if (!lists) {
            for (long offset = from; offset < end; offset++) {
                messages.putIfAbsent(offset, new Message(offset, 0, 0, false));
            }
        }
    }

    void moveStart(long to) {
        var before = messages.headMap(to).values();
        before.removeIf(message -> message.place == Place.DELAYED || message.place == Place.READY);
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

    String ofKey(long offset) {
        var key = messages.containsKey(offset) ? at(offset).key : -1;
        return messages.values().stream()
                .filter(it -> it.key == key)
                .map(it -> it.offset + " " + it.place + " " + it.returned + " due " + it.dueMillis)
                .toList()
                .toString();
    }

    @Nullable Message find(long offset) {
        return messages.get(offset);
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

    /// Which ready messages may be handed out next, as far as keys are concerned.
    ///
    /// @param mine what the same hand-out has given out already
    List<Message> candidates(Set<Long> mine) {
        var candidates = new ArrayList<Message>();
        var seen = new HashSet<Long>();
        for (var message : order()) {
            if (seen.add(message.key) && (order != Order.KEY || isFree(message, mine))) {
                candidates.add(message);
            }
        }
        return candidates;
    }

    /// Whether nothing of its key is with somebody else, waits for its next try, or waits before it.
    private boolean isFree(Message ready, Set<Long> mine) {
        return messages.values().stream()
                .filter(other -> other.key == ready.key)
                .noneMatch(
                        other ->
                                switch (other.place) {
                                    case LEASED -> !mine.contains(other.offset);
                                    case DELAYED ->
                                            other.returned > 0
                                                    || other.seen
                                                    || other.offset < ready.offset;
                                    case READY, DYING -> false;
                                });
    }

    // ---- changes

    /// After a restart nobody can tell which keys the records had that are no longer there.
    void forgetKeysBefore(long start) {
        messages.headMap(start).values().forEach(message -> message.key = 0);
    }

    /// A ready message was handed out, or went: in a queue without priorities what lies before it is known not to exist.
    Message taken(long offset) {
        var taken = at(offset);
        if (!lists) {
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
        returned(
                offset,
                counted ? QueueState.Return.COUNTED : QueueState.Return.UNTOUCHED,
                dueMillis);
    }

    void returned(long offset, QueueState.Return how, long dueMillis) {
        var message = at(offset);
        message.returned += how == QueueState.Return.COUNTED ? 1 : 0;
        message.seen |= how == QueueState.Return.SEEN;
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

    /// Those that are there and have failed, from `start` on.
    List<Message> failed(long start) {
        return messages.values().stream()
                .filter(it -> it.offset >= start)
                .filter(it -> it.place != Place.DYING && !it.failures.isEmpty())
                .toList();
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
