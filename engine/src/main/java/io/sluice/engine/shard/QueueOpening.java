package io.sluice.engine.shard;

import io.sluice.broker.Catalog;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Order;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueType;
import io.sluice.broker.record.Records;
import io.sluice.engine.queue.Holder;
import io.sluice.engine.queue.QueueReplay;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// How a queue's part comes up: from its last snapshot, the facts behind it, and the records that were not examined yet. Owned by its shard's
/// loop.
final class QueueOpening {
    private QueueOpening() {}

    /// A replay for every part that the shard owns.
    static Map<PartitionId, QueueReplay> replays(Shard shard, ShardMap shards, Catalog catalog) {
        var replays = new HashMap<PartitionId, QueueReplay>();
        for (var queue : catalog.queues()) {
            int partitions = partitions(catalog, queue);
            for (int index = 0; index < partitions; index++) {
                var part = queue.part(index);
                if (shards.index(part.partition()) == shard.index()) {
                    replays.put(part.stateId(), replay(catalog, queue, index));
                }
            }
        }
        return replays;
    }

    /// Opens every part that was replayed and whose partition is there.
    static void openAll(
            Shard shard, ShardMap shards, Catalog catalog, Map<PartitionId, QueueReplay> replays) {
        for (var queue : catalog.queues()) {
            openMissing(shard, shards, catalog, queue, replays);
        }
    }

    /// Opens the parts of one queue that the shard owns and has not open.
    static void openMissing(
            Shard shard,
            ShardMap shards,
            Catalog catalog,
            Queue queue,
            Map<PartitionId, QueueReplay> replays) {
        int partitions = partitions(catalog, queue);
        for (int index = 0; index < partitions; index++) {
            var part = queue.part(index);
            var partition =
                    shards.index(part.partition()) == shard.index()
                            ? shard.partition(part.partition())
                            : null;
            if (partition != null
                    && shard.queues().find(part.stateId()) == null
                    && shard.queues().unread().missing(part.stateId()) == null) {
                var replay = replays.get(part.stateId());
                open(
                        shard,
                        catalog,
                        queue,
                        partition,
                        replay == null ? replay(catalog, queue, index) : replay,
                        index);
            }
        }
    }

    private static void open(
            Shard shard,
            Catalog catalog,
            Queue queue,
            HostedPartition partition,
            QueueReplay replay,
            int index) {
        var hosted =
                new HostedQueue(
                        queue.part(index),
                        queue,
                        catalog.settings(queue),
                        partition,
                        replay.state(),
                        shard.queues().nearBudget());
        goOn(shard, hosted, replay, replay.examined());
    }

    /// Opens a part whose records were looked at as far as `from`.
    ///
    /// @return false when not all of them can be read: then it is tried again later
    static boolean goOn(Shard shard, HostedQueue hosted, QueueReplay replay, long from) {
        if (!examine(shard, hosted, replay, from)) {
            return false;
        }
        if (hosted.settings().order() != Order.NONE && !key(shard, hosted, replay)) {
            return false;
        }
        var state = hosted.state();
        boolean byPolicy = Retrying.matters(hosted);
        if (state.leases().size() > 0 && !byPolicy) {
            state.started();
            hosted.facts().started();
        }
        // After who has died with the process gave back what he held: of that, too, what is deleted
        // is gone.
        hosted.startMoves().look();
        if (hosted.settings().bytesMax() >= 0) {
            hosted.readyBytes().count(hosted.highWatermark());
        }
        hosted.trimmable = true;
        shard.queues().host(hosted);
        if (byPolicy) {
            // Only now its breaker is there, which may have something against their dying. That it
            // is
            // the broker that was gone says nothing of those who deliver.
            QueueBreaker.withoutCounting(hosted, () -> loseLeases(shard, hosted));
        }
        return true;
    }

    /// Who held a lease without a deadline is gone with the process.
    private static void loseLeases(Shard shard, HostedQueue hosted) {
        var leases = hosted.state().leases();
        for (long offset : leases.of(Holder.NOBODY)) {
            if (leases.deadlineMillis(leases.find(offset)) == 0) {
                QueueSettling.lose(shard, hosted, offset);
            }
        }
    }

    /// Keys of all that is there.
    ///
    /// @return false when one cannot be read: a message in the wrong lane could come out of order
    private static boolean key(Shard shard, HostedQueue hosted, QueueReplay replay) {
        var reader = hosted.reader();
        long from = Math.max(replay.keysFrom(), hosted.partition().partition().startOffset());
        try {
            hosted.state()
                    .key(
                            hosted.settings().order() == Order.KEY,
                            offset -> offset < from ? 0 : key(reader, offset));
            return true;
        } catch (UnreadableKey unreadable) {
            shard.queues().unread().add(hosted, replay, unreadable.offset, unreadable.failure);
            return false;
        } finally {
            reader.forget();
        }
    }

    private static long key(QueueReader reader, long offset) {
        boolean found = reader.seek(offset);
        var failure = reader.failure();
        if (failure != null) {
            throw new UnreadableKey(offset, failure);
        }
        return found && reader.offset() == offset ? reader.key() : 0;
    }

    private static final class UnreadableKey extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long offset;
        private final IOException failure;

        UnreadableKey(long offset, IOException failure) {
            super(failure);
            this.offset = offset;
            this.failure = failure;
        }
    }

    /// Delays and priorities of what came behind the last snapshot.
    ///
    /// @return false when a record cannot be read: what is not known of must not be lost
    private static boolean examine(Shard shard, HostedQueue hosted, QueueReplay replay, long from) {
        var reader = hosted.reader();
        long end = hosted.highWatermark();
        long offset = Math.max(from, hosted.partition().partition().startOffset());
        if (hosted.state().hasPriorities()) {
            // All were looked at, but a key could not be read.
            offset = Math.max(offset, hosted.state().fresh());
        }
        while (offset < end && reader.seek(offset)) {
            examine(hosted, replay, reader.at());
            offset = reader.offset() + 1;
        }
        var failure = offset < end ? reader.failure() : null;
        reader.forget();
        if (failure != null) {
            shard.queues().unread().add(hosted, replay, offset, failure);
            return false;
        }
        replay.examinedTo(hosted.partition().partition().startOffset(), end);
        replay.state().remembered().endsAt(end);
        return true;
    }

    private static void examine(HostedQueue hosted, QueueReplay replay, Records record) {
        var envelope = QueueReader.envelope(record);
        int priority = envelope == null ? 0 : envelope.priority();
        long due = envelope == null ? 0 : Math.max(0, envelope.notBeforeMillis());
        var once = QueueReader.once(record);
        if (once != null) {
            replay.state().remembered().examined(once);
        }
        replay.examined(record.offset(), Math.min(priority, hosted.settings().priorityMax()), due);
    }

    private static QueueReplay replay(Catalog catalog, Queue queue, int index) {
        var settings = catalog.settings(queue);
        var replay = new QueueReplay(settings.priorityMax(), settings.order() != Order.NONE);
        replay.startAt(queue.startOffset(index));
        return replay;
    }

    /// A stream has no state of its own.
    private static int partitions(Catalog catalog, Queue queue) {
        return catalog.settings(queue).type() == QueueType.STREAM
                ? 0
                : catalog.topic(queue.topic()).map(Topic::partitions).orElse(0);
    }
}
