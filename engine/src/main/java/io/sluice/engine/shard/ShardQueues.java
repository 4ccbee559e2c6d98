package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

    private final Shard shard;
    private final Map<PartitionId, Hosted> all = new HashMap<>();
    private final ArrayDeque<Hosted> due = new ArrayDeque<>();
    private final QueueJournal journal;
    private final NearBudget nearBudget;

    /// A part and what works on it.
    private static final class Hosted {
        private final HostedQueue queue;
        private final QueueExpiry expiry;
        private final DeadLettering deadLettering;

        Hosted(Shard shard, HostedQueue queue) {
            this.queue = queue;
            this.expiry = new QueueExpiry(shard, queue);
            this.deadLettering = new DeadLettering(shard, queue);
        }
    }

    ShardQueues(Shard shard) {
        this.shard = shard;
        this.journal = new QueueJournal(shard);
        this.nearBudget = new NearBudget(shard.settings().nearBytesMax());
    }

    NearBudget nearBudget() {
        return nearBudget;
    }

    QueueJournal journal() {
        return journal;
    }

    @Nullable HostedQueue find(PartitionId stateId) {
        var hosted = all.get(stateId);
        return hosted == null ? null : hosted.queue;
    }

    Collection<HostedQueue> all() {
        return all.values().stream().map(hosted -> hosted.queue).toList();
    }

    /// Settings may have changed.
    void configure(Catalog catalog) {
        for (var hosted : all.values()) {
            var queue = catalog.queue(hosted.queue.part().queue());
            if (queue.isPresent()) {
                hosted.queue.configure(queue.get(), catalog.settings(queue.get()));
                reconfigured(hosted.queue);
            }
        }
    }

    void host(HostedQueue queue) {
        queue.counts().idleSinceMillis = shard.nowMillis();
        all.put(queue.part().stateId(), new Hosted(shard, queue));
        queue.partition().queues.add(queue);
        look(queue);
    }

    /// The queue is deleted, or its topic: its consumers hear of it.
    void drop(PartitionId stateId) {
        var hosted = all.remove(stateId);
        if (hosted == null) {
            return;
        }
        var queue = hosted.queue;
        queue.dropped = true;
        queue.partition().queues.remove(queue);
        hosted.expiry.stop();
        hosted.deadLettering.stop();
        queue.reader().forget();
        shard.stateLog().space().forget(stateId);
        journal.forget(queue);
        for (var attached : queue.consumers().all()) {
            attached.consumer.sink().cancelled(queue.part(), attached.consumer.id());
        }
        queue.consumers().clear();
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
            look(queue);
        }
    }

    /// True when a turn would find something to do.
    boolean ready() {
        return !due.isEmpty();
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
        hosted.expiry.before();
        var dispatch = new QueueDispatch(shard, queue);
        boolean more = dispatch.run();
        if (!more && hosted.expiry.isHeadExpired()) {
            dispatch.findFirst();
            more = true;
        }
        more |= new QueueLimits(shard, queue).run();
        hosted.deadLettering.goOn();
        hosted.expiry.after();
        journal.note(queue);
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
