package io.sluice.engine.shard;

import io.sluice.base.Buffer;
import io.sluice.broker.BrokerError;
import io.sluice.engine.entry.EntryWriter;
import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.partition.PartitionFact;
import io.sluice.engine.queue.QueueSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes what has become of a shard's queues into its state log: the facts of all of them in one chunk.
///
/// Nobody waits for most of them (a lease, AMQP's acknowledgement): those are gathered for a few milliseconds and written without being forced, which the next
/// forced chunk of the process makes up for. What somebody waits for is written at the end of the turn, and forced if he waits for that. Owned by its shard's loop.
final class QueueJournal {
    private static final long GATHER_MILLIS = 5;
    private static final int GATHER_BYTES = 32 * 1024;
    private static final long SNAPSHOT_BYTES_MIN = 256 * 1024;

    private final Shard shard;
    private final Set<HostedQueue> unwritten = new LinkedHashSet<>();
    private final Set<HostedQueue> untrimmed = new LinkedHashSet<>();
    private final TimerWheel.Timer timer = TimerWheel.Timer.of(this::timeIsUp);
    private final TimerWheel.Timer trimming = TimerWheel.Timer.of(this::trim);
    private boolean dueNow;

    QueueJournal(Shard shard) {
        this.shard = shard;
    }

    /// The queue was worked on: there may be something to write.
    void note(HostedQueue queue) {
        if (queue.trimmable) {
            queue.trimmable = false;
            untrimmed.add(queue);
            if (!trimming.scheduled()) {
                shard.timers()
                        .schedule(
                                trimming, shard.monotonicMillis() + shard.settings().trimMillis());
            }
        }
        if (queue.facts().isEmpty() && queue.journalWaiters().isEmpty()) {
            return;
        }
        unwritten.add(queue);
        dueNow |= !queue.journalWaiters().isEmpty() || queue.facts().size() > GATHER_BYTES;
        if (!dueNow && !timer.scheduled()) {
            shard.timers().schedule(timer, shard.monotonicMillis() + GATHER_MILLIS);
        }
    }

    /// The queue is gone.
    void forget(HostedQueue queue) {
        unwritten.remove(queue);
        untrimmed.remove(queue);
        queue.journalWaiters().take().forEach(waiter -> waiter.accept(null));
    }

    /// @return whether something was written
    boolean turn() {
        if (!dueNow) {
            return false;
        }
        write();
        return true;
    }

    /// Writes what there is, as before the end.
    void flush() {
        if (!unwritten.isEmpty()) {
            write();
        }
    }

    /// Writes the whole state of every queue that has facts since its last snapshot.
    void snapshotAll() {
        for (var queue : shard.queues().all()) {
            if (queue.factBytes > 0 || !queue.facts().isEmpty()) {
                snapshot(queue);
            }
        }
    }

    /// The log takes chunks again: what it has missed is made up for.
    void catchUp() {
        for (var queue : shard.queues().all()) {
            if (queue.behind) {
                snapshot(queue);
            }
        }
    }

    /// Writes the whole state of one queue: nothing that the log has of it before is needed any more.
    void snapshot(HostedQueue queue) {
        if (shard.stateLog().isBroken()) {
            queue.behind = true;
            return;
        }
        var entries = new EntryWriter(256);
        var chunk = new Chunk(shard.stateLog().entries().next());
        addSnapshot(entries, chunk, queue);
        unwritten.remove(queue);
        append(entries, chunk);
    }

    private void timeIsUp() {
        dueNow = true;
    }

    private void write() {
        timerOff();
        if (shard.stateLog().isBroken()) {
            refuseAll();
            return;
        }
        if (unwritten.isEmpty()) {
            return;
        }
        var entries = new EntryWriter(64 + 128 * unwritten.size());
        var chunk = new Chunk(shard.stateLog().entries().next());
        for (var queue : unwritten) {
            if (queue.behind || snapshotIsDue(queue)) {
                addSnapshot(entries, chunk, queue);
            } else {
                addFacts(entries, chunk, queue);
            }
        }
        unwritten.clear();
        append(entries, chunk);
    }

    private void refuseAll() {
        var refused = List.copyOf(unwritten);
        unwritten.clear();
        for (var queue : refused) {
            queue.behind = true;
            queue.facts().clear();
            queue.journalWaiters().take().forEach(waiter -> waiter.accept(StateLog.FULL));
        }
    }

    private void timerOff() {
        dueNow = false;
        shard.timers().cancel(timer);
    }

    private static boolean snapshotIsDue(HostedQueue queue) {
        return queue.factBytes > Math.max(SNAPSHOT_BYTES_MIN, 2 * queue.snapshotBytes);
    }

    private static void addFacts(EntryWriter entries, Chunk chunk, HostedQueue queue) {
        // Who waits without a fact of its own waits for those that are on their way: an entry
        // behind
        // them says when they are durable.
        chunk.forced |= queue.journalWaiters().waitForDisk();
        chunk.waiters.addAll(queue.journalWaiters().take());
        int before = entries.size();
        int bytes = queue.facts().size() + 1;
        entries.add(
                StateLog.QUEUE_FACTS,
                StateLog.ID_BYTES + bytes,
                into -> {
                    StateLog.putId(queue.part().stateId(), into);
                    queue.facts().drainTo(into);
                });
        int written = entries.size() - before;
        queue.factBytes += written;
        chunk.wrote(queue, before, written, false);
    }

    private static void addSnapshot(EntryWriter entries, Chunk chunk, HostedQueue queue) {
        chunk.forced |= queue.journalWaiters().waitForDisk();
        chunk.waiters.addAll(queue.journalWaiters().take());
        int before = entries.size();
        entries.add(
                StateLog.QUEUE_SNAPSHOT,
                StateLog.ID_BYTES + QueueSnapshot.bytesMax(queue.state()),
                into -> {
                    StateLog.putId(queue.part().stateId(), into);
                    QueueSnapshot.write(queue.state(), queue.highWatermark(), into);
                });
        queue.facts().clear();
        queue.behind = false;
        queue.factBytes = 0;
        queue.snapshotBytes = (long) entries.size() - before;
        chunk.wrote(queue, before, entries.size() - before, true);
    }

    private void append(EntryWriter entries, Chunk chunk) {
        shard.stateLog().begun();
        shard.others()
                .append(
                        shard.stateLog().entries(),
                        new PendingFacts(Buffer.unpooled(entries.finish()), chunk));
    }

    /// Gives back the records that no queue needs any more, of topics that keep them only so long.
    private void trim() {
        for (var queue : untrimmed) {
            var hosted = queue.partition();
            if (!queue.dropped
                    && hosted.settings().keepsUntilConsumed()
                    && !shard.queues().unread().isOn(hosted)) {
                trim(hosted);
            }
        }
        untrimmed.clear();
    }

    private void trim(HostedPartition hosted) {
        long floor = hosted.partition().highWatermark();
        for (var queue : hosted.queues) {
            floor = Math.min(floor, queue.state().floor(queue.highWatermark()));
        }
        if (floor > hosted.partition().startOffset() && hosted.factsPending == 0) {
            shard.stateLog()
                    .append(
                            hosted,
                            new PartitionFact.StartMoved(floor),
                            refused -> {
                                if (refused == null) {
                                    shard.checkpoints().offer(hosted);
                                }
                            });
        }
    }

    /// What one chunk holds.
    private static final class Chunk {
        private final long position;
        private final List<Written> written = new ArrayList<>();
        private final List<Consumer<@Nullable BrokerError>> waiters = new ArrayList<>();
        private boolean forced;

        Chunk(long position) {
            this.position = position;
        }

        void wrote(HostedQueue queue, int at, int bytes, boolean whole) {
            written.add(new Written(queue, position + at, bytes, whole));
        }
    }

    private record Written(HostedQueue queue, long position, int bytes, boolean whole) {}

    private final class PendingFacts extends PendingChunk {
        private final Chunk chunk;

        PendingFacts(Buffer data, Chunk chunk) {
            super(data, shard.mailbox());
            this.chunk = chunk;
        }

        @Override
        public boolean forced() {
            return chunk.forced;
        }

        @Override
        void settled(Shard owner, @Nullable IOException failure) {
            owner.stateLog().ended();
            BrokerError refused = null;
            if (failure == null) {
                for (var one : chunk.written) {
                    if (!one.queue().dropped) {
                        owner.stateLog()
                                .space()
                                .holds(
                                        one.queue().part().stateId(),
                                        one.position(),
                                        one.bytes(),
                                        one.whole());
                    }
                }
            } else if (failure instanceof StorageFullException) {
                owner.stateLog().broke();
                chunk.written.forEach(one -> one.queue().behind = true);
                refused = StateLog.FULL;
            } else {
                owner.failed(failure);
                refused = new BrokerError.StorageFailed(String.valueOf(failure.getMessage()));
            }
            for (var waiter : chunk.waiters) {
                waiter.accept(refused);
            }
        }
    }
}
