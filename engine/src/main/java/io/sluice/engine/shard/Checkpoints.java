package io.sluice.engine.shard;

import io.sluice.engine.partition.PartitionFact;
import java.util.ArrayDeque;
import java.util.Optional;

/// Keeps short what a restart has to look through: when enough was appended, the partitions that waited longest write down what they
/// know; and when a state log is mostly superfluous, those whose entries are oldest do, so that its start can move. Owned by its
/// shard's loop.
final class Checkpoints {
    private final Shard shard;
    private final ArrayDeque<HostedPartition> behind = new ArrayDeque<>();
    private long behindBytes;
    private boolean working;

    Checkpoints(Shard shard) {
        this.shard = shard;
    }

    /// `bytes` more became durable in a partition's log.
    void appended(HostedPartition hosted, int bytes) {
        if (hosted.uncheckpointedBytes == 0) {
            behind.add(hosted);
        }
        hosted.uncheckpointedBytes += bytes;
        behindBytes += bytes;
        if (behindBytes > shard.settings().checkpointBytes()) {
            work();
        }
    }

    /// The partition writes a checkpoint if it thinks that it pays.
    void offer(HostedPartition hosted) {
        if (hosted.factsPending == 0) {
            journal(hosted, hosted.partition().checkpoint());
        }
    }

    /// Every partition that is behind writes a checkpoint now, and every queue its state.
    void all() {
        shard.queues().journal().snapshotAll();
        for (var hosted : shard.partitions()) {
            if (hosted.factsPending == 0) {
                journal(hosted, hosted.partition().checkpointNow());
            }
        }
    }

    /// Gives up the part of the state log that nobody needs, and has more of it given up where that pays.
    void tidy() {
        var log = shard.stateLog().entries();
        var space = shard.stateLog().space();
        if (!shard.stateLog().isIdle()) {
            return;
        }
        long needed = space.neededFrom(log.end());
        if (needed > log.start()) {
            log.trim(needed);
        }
        if (space.mostlyDead(log.end() - needed)) {
            work();
        }
    }

    private void work() {
        if (!working) {
            working = true;
            shard.background().add(_ -> step());
        }
    }

    private boolean step() {
        if (behindBytes > shard.settings().checkpointBytes() / 2 && !behind.isEmpty()) {
            var first = behind.remove();
            behindBytes -= first.uncheckpointedBytes;
            first.uncheckpointedBytes = 0;
            return write(first);
        }
        working = renewOldest();
        return working;
    }

    private boolean renewOldest() {
        var log = shard.stateLog().entries();
        var space = shard.stateLog().space();
        var oldest = space.oldest();
        if (oldest == null || !space.mostlyDead(log.end() - space.neededFrom(log.end()))) {
            return false;
        }
        var hosted = shard.partition(oldest);
        var queue = shard.queues().find(oldest);
        if (queue != null) {
            shard.queues().journal().snapshot(queue);
            return true;
        }
        if (shard.queues().unread().missing(oldest) != null) {
            return false;
        }
        if (hosted == null) {
            space.forget(oldest);
            return true;
        }
        return hosted.factsPending == 0 && journal(hosted, hosted.partition().renewedCheckpoint());
    }

    /// A partition that cannot now, as more is on its way, stands at the end of the line again; the next append that becomes durable
    /// comes back to it.
    private boolean write(HostedPartition hosted) {
        if (hosted.isDropped() || hosted.refusal() != null) {
            return true;
        }
        if (hosted.factsPending == 0 && journal(hosted, hosted.partition().checkpointNow())) {
            // A restart looks at the records behind a queue's snapshot too.
            hosted.queues.forEach(shard.queues().journal()::snapshot);
            return true;
        }
        long bytes = hosted.partition().bytesBehindCheckpoint();
        if (bytes > 0) {
            behind.add(hosted);
            hosted.uncheckpointedBytes = bytes;
            behindBytes += bytes;
            working = false;
        }
        return working;
    }

    /// A checkpoint says what was applied: one written while another fact is on its way would undo that one on recovery.
    private boolean journal(
            HostedPartition hosted, Optional<PartitionFact.Checkpointed> checkpoint) {
        checkpoint.ifPresent(
                fact ->
                        shard.stateLog()
                                .append(
                                        hosted,
                                        fact,
                                        refused -> {
                                            if (refused == null) {
                                                tidy();
                                            }
                                        }));
        return checkpoint.isPresent();
    }
}
