package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.queue.Consumer;
import io.sluice.broker.queue.QueueStatus.Subscriber;
import io.sluice.engine.queue.Holder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who wants a queue's messages, and whose turn it is: higher priorities first while they have room, equal ones in rotation. Owned by its
/// shard's loop.
final class QueueConsumers {
    private final List<Attached> byPriority = new ArrayList<>();

    /// Who was served last: within a priority it is the next one's turn.
    private @Nullable Attached served;

    /// A consumer and the room that it has.
    static final class Attached extends Holder {
        final Consumer consumer;
        private long windowBytes;

        private Attached(Consumer consumer) {
            super(consumer.owner(), consumer.tag());
            this.consumer = consumer;
            this.windowBytes = consumer.windowBytes();
        }

        boolean hasRoom() {
            return windowBytes > 0
                    && (consumer.unsettledMax() == 0 || held() < consumer.unsettledMax());
        }

        /// How many messages may be handed over now, bytes aside.
        int roomMessages() {
            return consumer.unsettledMax() == 0
                    ? Integer.MAX_VALUE
                    : consumer.unsettledMax() - held();
        }

        long windowBytes() {
            return windowBytes;
        }

        void handed(long bytes) {
            windowBytes -= bytes;
        }
    }

    int size() {
        return byPriority.size();
    }

    boolean isEmpty() {
        return byPriority.isEmpty();
    }

    /// Why a consumer is not let in; null when it is.
    ///
    /// @param single only one is active at a time: none can have the queue for itself
    @Nullable BrokerError refusal(Consumer consumer, String queue, boolean single) {
        if (consumer.exclusive() && single) {
            return new BrokerError.InUse(
                    "queue '" + queue + "' has a single active consumer: none can be exclusive");
        }
        if (byPriority.isEmpty()) {
            return null;
        }
        if (consumer.exclusive() || byPriority.getFirst().consumer.exclusive()) {
            return new BrokerError.InUse("queue '" + queue + "' in exclusive use");
        }
        return null;
    }

    void add(Consumer consumer) {
        int at = 0;
        while (at < byPriority.size()
                && byPriority.get(at).consumer.priority() >= consumer.priority()) {
            at++;
        }
        byPriority.add(at, new Attached(consumer));
    }

    /// @return the consumer that went; null when there was none
    @Nullable Attached remove(long id) {
        for (int i = 0; i < byPriority.size(); i++) {
            if (byPriority.get(i).consumer.id() == id) {
                return byPriority.remove(i);
            }
        }
        return null;
    }

    void credit(long id, long bytes) {
        for (var attached : byPriority) {
            if (attached.consumer.id() == id) {
                attached.windowBytes += bytes;
                return;
            }
        }
    }

    /// The consumer whose turn it is; null when none has room.
    ///
    /// @param single only the one that came first among the highest priority may get any
    @Nullable Attached next(boolean single) {
        if (single) {
            var active = active();
            return active != null && active.hasRoom() ? active : null;
        }
        int size = byPriority.size();
        for (int from = 0; from < size; ) {
            int to = endOfPriority(from);
            int first = served == null ? -1 : byPriority.subList(from, to).indexOf(served);
            for (int i = 1; i <= to - from; i++) {
                var candidate = byPriority.get(from + (first + i) % (to - from));
                if (candidate.hasRoom()) {
                    return candidate;
                }
            }
            from = to;
        }
        return null;
    }

    /// A consumer was handed something.
    void served(Attached attached) {
        served = attached;
    }

    /// True when nobody else of the same priority has room: it may get many at once.
    boolean isAlone(Attached attached, boolean single) {
        if (single || byPriority.size() == 1) {
            return true;
        }
        for (var other : byPriority) {
            if (other != attached
                    && other.consumer.priority() == attached.consumer.priority()
                    && other.hasRoom()) {
                return false;
            }
        }
        return true;
    }

    List<Subscriber> subscribers(boolean single) {
        var active = active();
        return byPriority.stream()
                .map(
                        attached -> {
                            var consumer = attached.consumer;
                            return new Subscriber(
                                    consumer.id(),
                                    consumer.owner(),
                                    consumer.tag(),
                                    consumer.priority(),
                                    consumer.exclusive(),
                                    consumer.settled(),
                                    consumer.unsettledMax(),
                                    !single || attached == active);
                        })
                .toList();
    }

    List<Attached> all() {
        return List.copyOf(byPriority);
    }

    void clear() {
        byPriority.clear();
    }

    /// An active one stays it until it goes, whatever priority others come with.
    private @Nullable Attached active() {
        Attached first = null;
        for (var attached : byPriority) {
            if (first == null || attached.consumer.id() < first.consumer.id()) {
                first = attached;
            }
        }
        return first;
    }

    private int endOfPriority(int from) {
        int priority = byPriority.get(from).consumer.priority();
        int to = from;
        while (to < byPriority.size() && byPriority.get(to).consumer.priority() == priority) {
            to++;
        }
        return to;
    }
}
