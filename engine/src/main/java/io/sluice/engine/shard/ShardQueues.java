package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The parts of queues that a shard owns, and the line of those that something has happened to.
///
/// ```text
///   published, settled, credited, due ──▶ look ──▶ (end of turn) expire, hand out, limit, bury ──▶ facts ──▶ QueueJournal
/// ```
///
/// Owned by its shard's loop.
final class ShardQueues {
    private static final int LOOKS_PER_TURN = 256;

    /// How soon what could not be read is tried again, though nothing else happens.
    static final long READ_AGAIN_MILLIS = 1_000;

    private final Shard shard;
    private final Map<PartitionId, Hosted> all = new HashMap<>();
    private final ArrayDeque<Hosted> due = new ArrayDeque<>();

    /// The queues of [#all] in a row, made when first asked for; null since one came or went.
    private @Nullable List<HostedQueue> listed;

    private final QueueJournal journal;
    private final NearBudget nearBudget;
    private final UnreadQueues unread;
    private final Events events;
    private Consumer<HostedQueue> whenBreakerCloses;

    /// A part and what works on it, as soon as there is something to do: most queues have neither dead letters nor redrives.
    private static final class Hosted {
        private final Shard shard;
        private final HostedQueue queue;
        private final QueueExpiry expiry;
        private @Nullable DeadLettering deadLettering;
        private @Nullable Redriving redriving;

        Hosted(Shard shard, HostedQueue queue) {
            this.shard = shard;
            this.queue = queue;
            this.expiry = new QueueExpiry(shard, queue);
        }

        void redrive() {
            if (redriving == null && Redriving.isWanted(queue)) {
                redriving = new Redriving(shard, queue);
            }
            if (redriving != null) {
                redriving.goOn();
            }
        }

        void takeDeadLetters() {
            if (deadLettering == null && queue.state().dyingCount() > 0) {
                deadLettering = new DeadLettering(shard, queue);
            }
            if (deadLettering != null) {
                deadLettering.goOn();
            }
        }

        void stop() {
            expiry.stop();
            if (deadLettering != null) {
                deadLettering.stop();
            }
            if (redriving != null) {
                redriving.stop();
            }
        }
    }

    ShardQueues(Shard shard) {
        this.shard = shard;
        this.journal = new QueueJournal(shard);
        this.unread = new UnreadQueues(shard);
        this.events = new Events(shard);
        this.nearBudget = new NearBudget(shard.settings().nearBytesMax());
        this.whenBreakerCloses = queue -> AutomaticRedrive.begin(shard, queue);
    }

    NearBudget nearBudget() {
        return nearBudget;
    }

    UnreadQueues unread() {
        return unread;
    }

    QueueJournal journal() {
        return journal;
    }

    Events events() {
        return events;
    }

    /// @param listener told of every queue whose breaker has closed because its probes succeeded. In the middle of a settlement: what it wants to do to
    ///     the queue it does at its next look
    void whenBreakerCloses(Consumer<HostedQueue> listener) {
        whenBreakerCloses = listener;
    }

    void breakerClosed(HostedQueue queue) {
        whenBreakerCloses.accept(queue);
    }

    @Nullable HostedQueue find(PartitionId stateId) {
        var hosted = all.get(stateId);
        return hosted == null ? null : hosted.queue;
    }

    /// Those of this moment: whoever goes through them may drop some.
    List<HostedQueue> all() {
        var present = listed;
        if (present == null) {
            present = all.values().stream().map(hosted -> hosted.queue).toList();
            listed = present;
        }
        return present;
    }

    /// Settings may have changed.
    void configure(Catalog catalog) {
        configure(catalog, _ -> true);
    }

    /// The attributes of one queue have changed.
    void configure(Catalog catalog, UUID id) {
        configure(catalog, part -> part.queue().equals(id));
    }

    /// What a topic says to the queues on it has changed.
    void configureOn(Catalog catalog, UUID topic) {
        configure(catalog, part -> part.topic().equals(topic));
    }

    private void configure(Catalog catalog, Predicate<QueuePart> which) {
        unread.configure(catalog);
        for (var hosted : all.values()) {
            var part = hosted.queue.part();
            var queue = which.test(part) ? catalog.queue(part.queue()) : Optional.<Queue>empty();
            if (queue.isPresent()) {
                hosted.queue.configure(queue.get(), catalog.settings(queue.get()));
                reconfigured(hosted.queue);
            }
        }
    }

    void host(HostedQueue queue) {
        queue.counts().idleSinceMillis = shard.nowMillis();
        all.put(queue.part().stateId(), new Hosted(shard, queue));
        listed = null;
        queue.partition().queues.add(queue);
        QueueBreaker.follow(shard, queue);
        look(queue);
    }

    /// The queue is deleted, or its topic: its consumers hear of it.
    void drop(PartitionId stateId) {
        var hosted = all.remove(stateId);
        if (hosted == null) {
            if (unread.forget(stateId)) {
                shard.stateLog().space().forget(stateId);
            }
            return;
        }
        listed = null;
        var queue = hosted.queue;
        queue.dropped = true;
        queue.partition().queues.remove(queue);
        hosted.stop();
        queue.reader().forget();
        shard.stateLog().space().forget(stateId);
        journal.forget(queue);
        for (var attached : queue.consumers().all()) {
            attached.consumer.sink().cancelled(queue.part(), attached.consumer.id());
        }
        queue.consumers().clear();
        queue.receivers()
                .refuseAll(shard, new BrokerError.UnknownQueue(queue.part().queue().toString()));
    }

    /// Something has happened to the queue: it is looked at before the turn ends.
    void look(HostedQueue queue) {
        if (!queue.due && !queue.dropped) {
            var hosted = all.get(queue.part().stateId());
            if (hosted != null) {
                queue.due = true;
                due.add(hosted);
            }
        }
    }

    /// Settings have changed.
    void reconfigured(HostedQueue queue) {
        var hosted = all.get(queue.part().stateId());
        if (hosted != null) {
            hosted.expiry.forgetHead();
            QueueBreaker.follow(shard, queue);
            look(queue);
        }
    }

    /// The broker stops: who waits for messages is told that there are none.
    void endWaits() {
        all.values().forEach(hosted -> hosted.queue.receivers().endAll(shard));
    }

    /// Works off the line, then journals.
    ///
    /// @return whether there was anything
    boolean turn() {
        boolean any = !due.isEmpty();
        for (int left = Math.min(due.size(), LOOKS_PER_TURN); left > 0; left--) {
            var hosted = due.remove();
            hosted.queue.due = false;
            if (!hosted.queue.dropped) {
                work(hosted);
            }
        }
        any |= journal.turn();
        return any;
    }

    private void work(Hosted hosted) {
        var queue = hosted.queue;
        if (queue.arrivals().isBehind() && !hosted.expiry.looksAgain()) {
            queue.arrivals().catchUp();
            if (queue.arrivals().isBehind()) {
                hosted.expiry.lookAgain(READ_AGAIN_MILLIS);
            }
        }
        hosted.expiry.before();
        if (queue.breaker != null) {
            queue.breaker.look();
        }
        var dispatch = new QueueDispatch(shard, queue);
        boolean more = dispatch.run();
        if (dispatch.foundUnreadable()) {
            hosted.expiry.lookAgain(READ_AGAIN_MILLIS);
        }
        if (!more
                && !queue.isCrowdedWithDead()
                && !queue.sparesReady()
                && hosted.expiry.isHeadExpired()) {
            dispatch.findFirst();
            more = true;
        }
        more |= new QueueLimits(shard, queue).run();
        hosted.redrive();
        hosted.takeDeadLetters();
        hosted.expiry.after();
        journal.note(queue);
        if (queue.consumers().isEmpty()) {
            queue.state().leases().fit();
        }
        if (more) {
            look(queue);
        }
        if (hosted.expiry.isExpired()) {
            delete(queue);
        }
    }

    /// The queue's own wish to go: it has expired, or its last consumer has gone.
    void delete(HostedQueue queue) {
        shard.broker()
                .change(
                        new CatalogChange.DeleteQueue(queue.part().queue()),
                        new Reply<>() {
                            @Override
                            public void done(Catalog value) {}

                            // Gone already, or the process stops: the next look tries again.
                            @Override
                            public void refused(BrokerError error) {}
                        });
    }
}
