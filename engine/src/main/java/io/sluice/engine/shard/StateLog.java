package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.engine.entry.EntryReader;
import io.sluice.engine.entry.EntryWriter;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.partition.PartitionCheckpoint;
import io.sluice.engine.partition.PartitionFact;
import io.sluice.engine.queue.QueueReplay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal of a shard's facts: what became of its partitions beside their batches. A fact is applied when it is durable.
///
/// docs/formats/state-log.md draws it. Owned by its shard's loop.
final class StateLog {
    private static final Logger log = LoggerFactory.getLogger(StateLog.class);
    private static final int FACT = 1;
    static final int QUEUE_FACTS = 2;
    static final int QUEUE_SNAPSHOT = 3;
    static final int ID_BYTES = 20;
    static final BrokerError FULL =
            new BrokerError.StorageFull("no room on the disk for the shard's state log");

    private final Shard shard;
    private final StateLogSpace space;
    private Log entries;
    private int pending;
    private boolean broken;

    StateLog(Shard shard, Log entries, StateLogSpace space) {
        this.shard = shard;
        this.entries = entries;
        this.space = space;
    }

    /// The name of the state log of one shard where there are `shards` of them. A start with another number of shards writes other
    /// logs and deletes these only when it is done.
    static String name(int shards, int index) {
        return prefix(shards) + index;
    }

    /// What the names of all state logs of that many shards begin with.
    static String prefix(int shards) {
        return "s." + shards + ".";
    }

    /// Folds what a state log says of the partitions that `wanted` names into `checkpoints`, and what it says of queues into theirs.
    ///
    /// @param queues the parts of queues of interest, by [io.sluice.broker.queue.QueuePart#stateId]
    /// @param space learns where it was found; null when the log will not be written to
    /// @return false when parts of it are damaged, so that facts may be missing
    static boolean read(
            Log entries,
            Predicate<PartitionId> wanted,
            Map<PartitionId, PartitionCheckpoint> checkpoints,
            Map<PartitionId, QueueReplay> queues,
            @Nullable StateLogSpace space)
            throws IOException {
        var whole = new boolean[] {true};
        EntryReader.readAll(
                entries,
                new EntryReader.Visitor() {
                    @Override
                    public void entry(int kind, long position, ByteBuffer payload) {
                        var id =
                                new PartitionId(
                                        new UUID(payload.getLong(), payload.getLong()),
                                        payload.getInt());
                        int bytes = payload.remaining();
                        if (kind == QUEUE_FACTS || kind == QUEUE_SNAPSHOT) {
                            boolean whole = kind == QUEUE_SNAPSHOT;
                            if (replay(queues.get(id), whole, payload) && space != null) {
                                space.holds(id, position, bytes, whole);
                            }
                            return;
                        }
                        if (kind != FACT || !wanted.test(id)) {
                            return;
                        }
                        var fact = PartitionFact.decode(payload);
                        checkpoints.put(
                                id,
                                checkpoints
                                        .getOrDefault(id, PartitionCheckpoint.empty())
                                        .after(fact));
                        if (space != null) {
                            space.holds(
                                    id,
                                    position,
                                    bytes,
                                    fact instanceof PartitionFact.Checkpointed);
                        }
                    }

                    @Override
                    public void damaged(long from, long to) {
                        whole[0] = false;
                        queues.values().forEach(QueueReplay::damaged);
                        log.error(
                                "state log {} is damaged from {} to {}: facts in there are lost, their partitions are"
                                        + " rebuilt from what is left and their own logs",
                                entries.name(),
                                from,
                                to);
                    }
                });
        return whole[0];
    }

    private static boolean replay(@Nullable QueueReplay queue, boolean whole, ByteBuffer payload) {
        if (queue == null) {
            return false;
        }
        if (whole) {
            queue.snapshot(payload);
        } else {
            queue.facts(payload);
        }
        return true;
    }

    /// Journals `fact`; when it is durable, the partition applies it and `then` hears of it.
    ///
    /// @param then on the shard's thread: null, or why it could not be journalled
    void append(HostedPartition hosted, PartitionFact fact, Consumer<@Nullable BrokerError> then) {
        if (broken) {
            then.accept(FULL);
            return;
        }
        pending++;
        hosted.factsPending++;
        var framed = frame(hosted.id(), fact);
        shard.others().append(entries, new PendingFact(hosted, fact, entries.next(), framed, then));
    }

    StateLogSpace space() {
        return space;
    }

    Log entries() {
        return entries;
    }

    boolean isIdle() {
        return pending == 0;
    }

    /// Somebody else's chunk is on its way into the log.
    void begun() {
        pending++;
    }

    /// It has settled.
    void ended() {
        pending--;
    }

    /// There was no room for it.
    void broke() {
        broken = true;
        shard.reopening().stateLogBroke();
    }

    /// Opens the log again after an append failed for want of room.
    void reopen() throws IOException {
        assert isIdle() : "a log is opened again when nothing is on its way into it any more";
        entries = shard.store().open(entries.name());
        broken = false;
    }

    boolean isBroken() {
        return broken;
    }

    private static ByteBuffer frame(PartitionId id, PartitionFact fact) {
        int bytes = ID_BYTES + fact.encodedBytes();
        return new EntryWriter(bytes + 16)
                .add(
                        FACT,
                        bytes,
                        into -> {
                            putId(id, into);
                            fact.encode(into);
                        })
                .finish();
    }

    static void putId(PartitionId id, ByteBuffer into) {
        into.putLong(id.topic().getMostSignificantBits());
        into.putLong(id.topic().getLeastSignificantBits());
        into.putInt(id.index());
    }

    private final class PendingFact extends PendingChunk {
        private final HostedPartition hosted;
        private final PartitionFact fact;
        private final long position;
        private final int bytes;
        private final Consumer<@Nullable BrokerError> then;

        PendingFact(
                HostedPartition hosted,
                PartitionFact fact,
                long position,
                ByteBuffer framed,
                Consumer<@Nullable BrokerError> then) {
            super(Buffer.unpooled(framed), shard.mailbox());
            this.hosted = hosted;
            this.fact = fact;
            this.position = position;
            this.bytes = framed.remaining();
            this.then = then;
        }

        @Override
        void settled(Shard owner, @Nullable IOException failure) {
            pending--;
            hosted.factsPending--;
            if (failure == null) {
                if (!hosted.isDropped()) {
                    hosted.partition().apply(fact);
                    hosted.queues.forEach(queue -> queue.startMoves().look());
                    owner.bodies().released(hosted);
                    space.holds(
                            hosted.id(),
                            position,
                            bytes,
                            fact instanceof PartitionFact.Checkpointed);
                }
                then.accept(null);
            } else if (failure instanceof StorageFullException) {
                broke();
                owner.reopening().broke(hosted, FULL);
                then.accept(FULL);
            } else {
                owner.failed(failure);
                then.accept(new BrokerError.StorageFailed(String.valueOf(failure.getMessage())));
            }
        }
    }
}
