package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.engine.catalog.CatalogState;
import io.sluice.engine.log.Log;
import io.sluice.engine.partition.LogNames;
import io.sluice.engine.partition.PartitionCheckpoint;
import io.sluice.engine.partition.PartitionFact;
import io.sluice.engine.partition.TopicSettings;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings one shard's partitions up: its state log is read, then every partition is its last checkpoint and the batches behind it.
///
/// @param older the state logs of another number of shards, to be read in place of the own one, which is new; empty when the number is
///     the same as before
/// @param bodyLogs gets the names of the body logs that the shard's partitions refer to
/// @param done told on the shard's thread: null, or what prevents it
record Recovery(
        ShardMap shards,
        CatalogState catalog,
        List<Log> older,
        Set<String> bodyLogs,
        Consumer<@Nullable IOException> done)
        implements Command {
    @Override
    public void run(Shard shard) {
        try {
            recover(shard);
        } catch (IOException e) {
            done.accept(e);
        }
    }

    @Override
    public void refuse(BrokerError error) {
        done.accept(new IOException(error.message()));
    }

    private void recover(Shard shard) throws IOException {
        var own = shard.store().open(StateLog.name(shards.all().size(), shard.index()));
        var space = new StateLogSpace();
        var checkpoints = new HashMap<PartitionId, PartitionCheckpoint>();
        var queues = QueueOpening.replays(shard, shards, catalog);
        boolean whole = StateLog.read(own, id -> isMine(shard, id), checkpoints, queues, space);
        for (var log : older) {
            whole &= StateLog.read(log, id -> isMine(shard, id), checkpoints, queues, null);
        }
        var stateLog = new StateLog(shard, own, space);
        shard.stateLog(stateLog);
        shard.bodies().open(shards.all().size());
        openAll(shard, checkpoints);
        noteBodyLogs(shard);
        QueueOpening.openAll(shard, shards, catalog, queues);
        if (whole) {
            deleteReplaced(shard);
        }
        shard.retention().schedule();
        shard.compactions().schedule();
        if (older.isEmpty()) {
            done.accept(null);
        } else {
            var queuesToMove = shard.queues().all();
            var moving = new Moving(checkpoints.size() + queuesToMove.size() + 1);
            for (var queue : queuesToMove) {
                queue.journalWaiters().whenDurable(moving::settled);
                shard.queues().journal().snapshot(queue);
            }
            moving.write(shard, checkpoints);
        }
    }

    private boolean isMine(Shard shard, PartitionId id) {
        return shards.index(id) == shard.index()
                && catalog.topic(id.topic())
                        .filter(topic -> id.index() < topic.partitions())
                        .isPresent();
    }

    private void openAll(Shard shard, Map<PartitionId, PartitionCheckpoint> checkpoints) {
        for (var topic : catalog.topics()) {
            var settings = TopicSettings.of(topic.config());
            for (int index = 0; index < topic.partitions(); index++) {
                var id = topic.partition(index);
                if (shards.index(id) == shard.index()) {
                    open(
                            shard,
                            id,
                            settings,
                            checkpoints.getOrDefault(id, PartitionCheckpoint.empty()));
                }
            }
        }
    }

    /// What partitions may refer to that could not be opened is not known.
    private void noteBodyLogs(Shard shard) {
        for (var hosted : shard.partitions()) {
            hosted.partition().bodyLogs().mapToObj(BodyLog::name).forEach(bodyLogs::add);
        }
        if (shard.reopening().hasUnopened()) {
            shard.store().names().stream()
                    .filter(name -> name.startsWith(BodyLog.PREFIX))
                    .forEach(bodyLogs::add);
        }
        shard.bodies().recovered();
    }

    /// What a compaction that did not end, or whose end was not followed by the deletion of what it replaced, has left over. Of a
    /// partition that could not be opened nothing is deleted.
    private static void deleteReplaced(Shard shard) {
        var known = new HashMap<String, HostedPartition>();
        for (var hosted : shard.partitions()) {
            known.put(LogNames.cleanPrefix(hosted.id()), hosted);
        }
        var replaced = new ArrayDeque<String>();
        for (var name : shard.store().names()) {
            var hosted = known.get(name.substring(0, name.lastIndexOf('.') + 1));
            if (hosted != null && !name.equals(current(hosted))) {
                replaced.add(name);
            }
        }
        if (!replaced.isEmpty()) {
            shard.background().add(_ -> DropTopic.delete(shard, replaced));
        }
    }

    private static String current(HostedPartition hosted) {
        return LogNames.clean(hosted.id(), hosted.partition().nextGeneration() - 1);
    }

    private static void open(
            Shard shard, PartitionId id, TopicSettings settings, PartitionCheckpoint checkpoint) {
        try {
            PartitionOpening.host(shard, id, settings, checkpoint);
        } catch (IOException e) {
            shard.reopening().unopened(id, settings, e);
        }
    }

    /// Writes what older logs said into the shard's own, and is done when that is durable.
    private final class Moving {
        private int left;
        private @Nullable IOException failure;

        /// @param left how many times [#settled] is called
        Moving(int left) {
            this.left = left;
        }

        void write(Shard shard, Map<PartitionId, PartitionCheckpoint> checkpoints) {
            checkpoints.forEach(
                    (id, checkpoint) -> {
                        var hosted = shard.partition(id);
                        if (hosted == null) {
                            settled(
                                    new BrokerError.StorageFailed(
                                            "partition "
                                                    + id
                                                    + " is damaged: start with the former number of shards to keep what is known of it"));
                        } else {
                            shard.stateLog()
                                    .append(
                                            hosted,
                                            new PartitionFact.Checkpointed(checkpoint),
                                            this::settled);
                        }
                    });
            settled(null);
        }

        private void settled(@Nullable BrokerError refused) {
            if (refused != null) {
                failure = new IOException(refused.message());
            }
            if (--left == 0) {
                done.accept(failure);
            }
        }
    }
}
