package io.sluice.engine.shard;

import io.sluice.broker.Catalog;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Topic;
import io.sluice.broker.queue.Order;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueueType;
import io.sluice.broker.record.Records;
import io.sluice.engine.queue.QueueReplay;
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
                    replays.put(part.stateId(), replay(catalog, queue));
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
            if (partition != null && shard.queues().find(part.stateId()) == null) {
                var replay = replays.get(part.stateId());
                open(
                        shard,
                        catalog,
                        queue,
                        partition,
                        replay == null ? replay(catalog, queue) : replay,
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
        var state = replay.state();
        var hosted =
                new HostedQueue(
                        queue.part(index),
                        queue,
                        catalog.settings(queue),
                        partition,
                        state,
                        shard.queues().nearBudget());
        examine(hosted, replay);
        if (hosted.settings().order() != Order.NONE) {
            var reader = hosted.reader();
            long from = replay.keysFrom();
            state.key(
                    hosted.settings().order() == Order.KEY,
                    offset ->
                            offset >= from && reader.seek(offset) && reader.offset() == offset
                                    ? reader.key()
                                    : 0);
            reader.forget();
        }
        state.startMoved(partition.partition().startOffset());
        if (state.leases().size() > 0) {
            state.started();
            hosted.facts().started();
        }
        if (hosted.settings().bytesMax() >= 0) {
            hosted.countBytes();
        }
        hosted.trimmable = true;
        shard.queues().host(hosted);
    }

    /// Delays and priorities of what came behind the last snapshot.
    private static void examine(HostedQueue hosted, QueueReplay replay) {
        var reader = hosted.reader();
        long end = hosted.highWatermark();
        long from = Math.max(replay.examined(), hosted.partition().partition().startOffset());
        for (long offset = from; offset < end && reader.seek(offset); ) {
            examine(hosted, replay, reader.at());
            offset = reader.offset() + 1;
        }
        replay.examinedTo(end);
        reader.forget();
    }

    private static void examine(HostedQueue hosted, QueueReplay replay, Records record) {
        var envelope = QueueReader.envelope(record);
        int priority = envelope == null ? 0 : envelope.priority();
        long due = envelope == null ? 0 : Math.max(0, envelope.notBeforeMillis());
        replay.examined(record.offset(), Math.min(priority, hosted.settings().priorityMax()), due);
    }

    private static QueueReplay replay(Catalog catalog, Queue queue) {
        var settings = catalog.settings(queue);
        return new QueueReplay(settings.priorityMax(), settings.order() != Order.NONE);
    }

    /// A stream has no state of its own.
    private static int partitions(Catalog catalog, Queue queue) {
        return catalog.settings(queue).type() == QueueType.STREAM
                ? 0
                : catalog.topic(queue.topic()).map(Topic::partitions).orElse(0);
    }
}
