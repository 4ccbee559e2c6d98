package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.partition.Compaction;
import io.sluice.engine.partition.LogNames;
import io.sluice.engine.partition.PartitionFact;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compacts one partition after the other, a step per turn. Owned by its shard's loop.
///
/// ```text
///   look ──due──▶ step, step, wait for the clean log, step ──▶ fact ──durable──▶ delete the old clean log
///    ▲                              │ failed                                            │
///    └───────── an interval ────────┴───────────────────────────────────────────────────┘
/// ```
final class Compactions {
    private static final Logger log = LoggerFactory.getLogger(Compactions.class);
    private static final int BYTES_PER_STEP = 256 * 1024;

    private final Shard shard;
    private final ArrayDeque<HostedPartition> round = new ArrayDeque<>();
    private final TimerWheel.Timer timer = TimerWheel.Timer.of(this::begin);
    private @Nullable Running running;
    private boolean stepping;

    private static final class Running {
        private final HostedPartition hosted;
        private final Compaction compaction;
        private final long generation;

        /// Its fact is on its way: whether the clean log counts is no longer ours to say.
        private boolean journalled;

        Running(HostedPartition hosted, Compaction compaction, long generation) {
            this.hosted = hosted;
            this.compaction = compaction;
            this.generation = generation;
        }
    }

    Compactions(Shard shard) {
        this.shard = shard;
    }

    /// Begins the first round after one interval, and a next one an interval after the end of each.
    void schedule() {
        shard.timers()
                .schedule(timer, shard.monotonicMillis() + shard.settings().compactionMillis());
    }

    /// The partition is deleted, or opened again: what is half done is of no use.
    void drop(HostedPartition hosted) {
        if (running != null && running.hosted == hosted) {
            abandon();
        }
    }

    /// Gives up what is half done.
    void abandon() {
        var given = running;
        if (given != null && !given.journalled) {
            running = null;
            given.compaction.abandon();
            delete(LogNames.clean(given.hosted.id(), given.generation));
        }
    }

    private void begin() {
        for (var hosted : shard.partitions()) {
            if (hosted.settings().compacts() || QueueSpace.isMostlyDead(shard, hosted)) {
                round.add(hosted);
            }
        }
        goOn();
    }

    private void goOn() {
        if (!stepping) {
            stepping = true;
            shard.background().add(_ -> step());
        }
    }

    private boolean step() {
        if (running != null) {
            stepping = advance(running);
        } else {
            var next = round.poll();
            if (next != null) {
                consider(next);
                stepping = true;
            } else {
                schedule();
                stepping = false;
            }
        }
        return stepping;
    }

    private void consider(HostedPartition hosted) {
        if (hosted.isDropped() || shard.isStopping() || hosted.refusal() != null) {
            return;
        }
        boolean ofQueues = QueueSpace.isMostlyDead(shard, hosted);
        if (!ofQueues && !hosted.partition().compactionDue(shard.nowMillis())) {
            return;
        }
        long generation = hosted.partition().nextGeneration();
        try {
            var name = LogNames.clean(hosted.id(), generation);
            shard.store().delete(name);
            var target = shard.store().open(name);
            var compaction =
                    ofQueues
                            ? QueueSpace.compact(hosted, target, this::chunk)
                            : hosted.partition().compact(target, this::chunk, shard.nowMillis());
            running = new Running(hosted, compaction, generation);
        } catch (IOException e) {
            log.warn("compaction of partition {} cannot begin: {}", hosted.id(), e.getMessage());
        }
    }

    /// @return whether to take another step at once
    private boolean advance(Running now) {
        try {
            return switch (now.compaction.step(BYTES_PER_STEP)) {
                case Compaction.Progress.Working _ -> true;
                case Compaction.Progress.Waiting _ -> false;
                case Compaction.Progress.Done(var fact) -> {
                    end(now, fact);
                    yield running != now;
                }
            };
        } catch (IOException e) {
            log.warn("compaction of partition {} is given up: {}", now.hosted.id(), e.getMessage());
            abandon();
            return true;
        }
    }

    private void end(Running now, PartitionFact.Compacted fact) {
        now.journalled = true;
        shard.stateLog()
                .append(
                        now.hosted,
                        fact,
                        refused -> {
                            if (refused == null) {
                                running = null;
                                log.info(
                                        "partition {} compacted, generation {}",
                                        now.hosted.id(),
                                        now.generation);
                                delete(LogNames.clean(now.hosted.id(), now.generation - 1));
                            } else {
                                now.journalled = false;
                                abandon();
                            }
                            goOn();
                        });
    }

    private CleanChunk chunk(Buffer data) {
        var chunk = new CleanChunk(data);
        shard.others().expect(chunk);
        return chunk;
    }

    private void delete(String name) {
        try {
            shard.store().delete(name);
        } catch (IOException e) {
            log.warn("log {} is left over until the next start: {}", name, e.getMessage());
        }
    }

    /// Compacted batches on their way into the clean log.
    private final class CleanChunk extends PendingChunk {
        private final @Nullable Running of = running;

        CleanChunk(Buffer data) {
            super(data, shard.mailbox());
        }

        /// What is left of a compaction that was given up tells nothing.
        @Override
        void settled(Shard owner, @Nullable IOException failure) {
            if (of == null || of != running) {
                return;
            }
            if (failure instanceof StorageFullException) {
                abandon();
            } else if (failure != null) {
                owner.failed(failure);
            }
            goOn();
        }
    }
}
