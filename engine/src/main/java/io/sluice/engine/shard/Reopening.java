package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.partition.PartitionCheckpoint;
import io.sluice.engine.partition.TopicSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings back what a full disk has broken: a partition whose append failed is thrown away and opened again from what is durable, by
/// the code that recovery uses. Until then it is read, not written. Tries every second; an append in between costs nothing.
/// Owned by its shard's loop.
final class Reopening {
    private static final Logger log = LoggerFactory.getLogger(Reopening.class);
    private static final long RETRY_MILLIS = 1_000;

    private final Shard shard;
    private final Set<HostedPartition> broken = new LinkedHashSet<>();
    private final Map<PartitionId, Unopened> unopened = new LinkedHashMap<>();
    private final TimerWheel.Timer timer = TimerWheel.Timer.of(this::retry);

    private record Unopened(TopicSettings settings, BrokerError why, boolean again) {}

    Reopening(Shard shard) {
        this.shard = shard;
    }

    /// An append to the partition failed for want of room.
    void broke(HostedPartition hosted, BrokerError why) {
        if (hosted.refusal() == null && !hosted.isDropped()) {
            log.warn("partition {} takes no writes: {}", hosted.id(), why.message());
            hosted.broke(why);
            broken.add(hosted);
            shard.compactions().drop(hosted);
            schedule();
        }
    }

    /// An append to the state log failed for want of room.
    void stateLogBroke() {
        schedule();
    }

    /// A partition could not be opened. For want of room it is tried again; what is damaged stays closed.
    void unopened(PartitionId id, TopicSettings settings, IOException cause) {
        boolean full = cause instanceof StorageFullException;
        var message = "partition " + id + " could not be opened: " + cause.getMessage();
        log.error("{}", message, cause);
        var why =
                full
                        ? new BrokerError.StorageFull(message)
                        : new BrokerError.StorageFailed(message);
        unopened.put(id, new Unopened(settings, why, full));
        if (full) {
            schedule();
        }
    }

    /// Whether there are partitions that could not be opened.
    boolean hasUnopened() {
        return !unopened.isEmpty();
    }

    /// The partition's topic is deleted.
    void forget(PartitionId id) {
        unopened.remove(id);
    }

    /// Why a partition is not there.
    BrokerError missing(PartitionId id) {
        var closed = unopened.get(id);
        return closed == null
                ? new BrokerError.UnknownPartition(id.topic(), id.index())
                : closed.why();
    }

    private void schedule() {
        if (!timer.scheduled()) {
            shard.timers().schedule(timer, shard.monotonicMillis() + RETRY_MILLIS);
        }
    }

    private void retry() {
        try {
            if (shard.stateLog().isBroken() && shard.stateLog().isIdle()) {
                shard.stateLog().reopen();
                shard.queues().journal().catchUp();
            }
            reopenBroken();
            openUnopened();
        } catch (StorageFullException e) {
            log.warn("still no room: {}", e.getMessage());
        } catch (IOException e) {
            shard.failed(e);
            return;
        }
        if (!broken.isEmpty()
                || shard.stateLog().isBroken()
                || unopened.values().stream().anyMatch(Unopened::again)) {
            schedule();
        }
    }

    /// Only what is settled: else what is still on its way would meet a partition that does not expect it.
    private void reopenBroken() throws IOException {
        broken.removeIf(HostedPartition::isDropped);
        var due = new HashMap<PartitionId, HostedPartition>();
        for (var hosted : broken) {
            if (hosted.appendsPending == 0 && hosted.factsPending == 0) {
                due.put(hosted.id(), hosted);
            }
        }
        if (due.isEmpty()) {
            return;
        }
        var checkpoints = new HashMap<PartitionId, PartitionCheckpoint>();
        StateLog.read(shard.stateLog().entries(), due::containsKey, checkpoints, Map.of(), null);
        for (var hosted : due.values()) {
            var checkpoint = checkpoints.getOrDefault(hosted.id(), PartitionCheckpoint.empty());
            PartitionOpening.host(shard, hosted.id(), hosted.settings(), checkpoint);
            broken.remove(hosted);
            log.info("partition {} takes writes again", hosted.id());
        }
    }

    private void openUnopened() throws IOException {
        for (var entry : new ArrayList<>(unopened.entrySet())) {
            if (entry.getValue().again()) {
                PartitionOpening.host(
                        shard,
                        entry.getKey(),
                        entry.getValue().settings(),
                        PartitionCheckpoint.empty());
                unopened.remove(entry.getKey());
            }
        }
    }
}
