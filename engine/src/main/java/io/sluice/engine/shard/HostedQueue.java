package io.sluice.engine.shard;

import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Overflow;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.queue.Holder;
import io.sluice.engine.queue.QueueFacts;
import io.sluice.engine.queue.QueueState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A queue's part with what its shard knows around it. It owns and it names; what is done with it is in [QueueDispatch], [QueueExpiry],
/// [QueueSettling], [DeadLettering] and the operations.
///
/// Every change of its state goes through here, so that none is without its fact. Owned by its shard's loop.
final class HostedQueue {
    private final QueuePart part;
    private final HostedPartition partition;
    private final QueueState state;
    private final QueueFacts facts = new QueueFacts();
    private final QueueReader reader;
    private final QueueConsumers consumers = new QueueConsumers();
    private final QueueCounts counts = new QueueCounts();
    private Queue definition;
    private QueueSettings settings;

    /// Bytes of ready bodies; kept only where a limit asks for it.
    private long readyBytes;

    /// Who waits until the facts so far are durable.
    private List<Consumer<@Nullable BrokerError>> waiters = List.of();

    /// In the shard's line of queues to look at.
    boolean due;

    /// In the shard's line of queues with facts to journal.
    boolean unwritten;

    /// The journal has missed facts: only a snapshot makes up for it.
    boolean behind;

    /// Bytes of facts since the last snapshot, and its own.
    long factBytes;

    long snapshotBytes;

    /// Something was settled since its partition's start was looked at.
    boolean trimmable;

    boolean dropped;

    HostedQueue(
            QueuePart part,
            Queue definition,
            QueueSettings settings,
            HostedPartition partition,
            QueueState state,
            NearBudget budget) {
        this.part = part;
        this.definition = definition;
        this.settings = settings;
        this.partition = partition;
        this.state = state;
        this.reader = new QueueReader(partition, budget);
    }

    QueuePart part() {
        return part;
    }

    Queue definition() {
        return definition;
    }

    QueueSettings settings() {
        return settings;
    }

    void configure(Queue queue, QueueSettings newSettings) {
        boolean countsAnew = newSettings.bytesMax() >= 0 && settings.bytesMax() < 0;
        definition = queue;
        settings = newSettings;
        if (countsAnew) {
            countBytes();
        }
    }

    HostedPartition partition() {
        return partition;
    }

    QueueState state() {
        return state;
    }

    QueueFacts facts() {
        return facts;
    }

    QueueReader reader() {
        return reader;
    }

    QueueConsumers consumers() {
        return consumers;
    }

    QueueCounts counts() {
        return counts;
    }

    /// The home part counts consumers and knows when the queue expires.
    boolean isHome() {
        return part.index() == 0;
    }

    long highWatermark() {
        return partition.partition().highWatermark();
    }

    long ready() {
        return state.ready(highWatermark());
    }

    long readyBytes() {
        return readyBytes;
    }

    boolean deadLetters() {
        return settings.deadLetterExchange().isPresent();
    }

    QueueStatus status() {
        return new QueueStatus(
                ready(),
                state.leases().size(),
                state.delayedCount(),
                settings.bytesMax() >= 0 ? readyBytes : aboutReadyBytes(),
                counts.published,
                counts.delivered,
                counts.acknowledged,
                counts.redelivered,
                consumers.isEmpty() ? counts.idleSinceMillis : 0,
                consumers.subscribers(settings.singleActiveConsumer()));
    }

    private long aboutReadyBytes() {
        var stored = partition.partition().status();
        long offsets = stored.highWatermark() - stored.startOffset();
        return offsets <= 0 ? 0 : (long) (stored.bytes() * ((double) ready() / offsets));
    }

    /// Why a batch of so many records is not taken; null when it is.
    @Nullable BrokerError refusal(int records) {
        if (settings.overflow() == Overflow.DROP_HEAD) {
            return null;
        }
        boolean full =
                (settings.lengthMax() >= 0
                                && state.ready(partition.partition().nextOffset()) + records
                                        > settings.lengthMax())
                        || (settings.bytesMax() >= 0 && readyBytes >= settings.bytesMax());
        return full
                ? new BrokerError.QueueFull("queue '" + definition.name() + "' is at its limit")
                : null;
    }

    /// A batch became durable, which has the offsets from `from` to before `to`.
    void appended(Append append, long from, long to, int records) {
        counts.published += records;
        var bytes = append.batch().outlivesRelease() ? append.batch().bytes() : null;
        if (state.hasPriorities() || append.delayed() || settings.bytesMax() >= 0) {
            examine(append.delayed() || state.hasPriorities(), bytes, from, to);
        }
        if (bytes != null && !consumers.isEmpty()) {
            var batch = StoredBatch.of(bytes.slice());
            if (!batch.batch().isControl() && batch.batch().compression() == Compression.NONE) {
                reader.appended(batch, state.fresh());
            }
        }
    }

    private void examine(boolean traits, @Nullable ByteBuffer bytes, long from, long to) {
        var look = new Examination(this, traits);
        if (bytes != null
                && RecordBatch.view(bytes, bytes.position()).compression() == Compression.NONE) {
            look.batch(StoredBatch.of(bytes.slice()));
        } else {
            look.log(from, to);
        }
        state.examinedTo(to);
    }

    void addReadyBytes(long bytes) {
        if (settings.bytesMax() >= 0) {
            readyBytes += bytes;
        }
    }

    /// Records were deleted under it, by retention or by a Kafka client.
    void startMoved() {
        state.startMoved(partition.partition().startOffset());
    }

    void forgetReadyBytes() {
        readyBytes = 0;
    }

    void countBytes() {
        readyBytes = 0;
        new Examination(this, false).log(state.fresh(), highWatermark());
    }

    // ---- changes, each with its fact

    /// Hands out the record that the reader stands on.
    void lease(Holder holder, long deadlineMillis) {
        long offset = reader.offset();
        int bytes = reader.bodyBytes();
        boolean was = state.leased(offset, holder, deadlineMillis, bytes);
        assert was : "only a ready message can be leased: " + offset + " of " + part;
        facts.leased(offset, deadlineMillis);
        addReadyBytes(-bytes);
        counts.delivered++;
    }

    /// The ready record that the reader stands on is gone: consumed at once, expired, dropped.
    void goneHere() {
        long offset = reader.offset();
        addReadyBytes(-reader.bodyBytes());
        state.gone(offset);
        facts.gone(offset, offset);
        trimmable = true;
    }

    /// Offsets at which there is nothing: `from` is ready, the rest follows it.
    void nothingAt(long from, long to) {
        if (state.hasPriorities() || from < state.fresh()) {
            state.gone(from);
            facts.gone(from, from);
        } else {
            state.goneTo(to + 1);
            facts.gone(from, to);
        }
    }

    void settled(long offset) {
        state.settled(offset);
        facts.settled(offset);
        trimmable = true;
    }

    void returned(long offset, boolean counted, long dueMillis) {
        int slot = state.leases().find(offset);
        if (slot >= 0 && dueMillis == 0) {
            addReadyBytes(state.leases().bytes(slot));
        }
        state.returned(offset, counted, dueMillis);
        facts.returned(offset, counted, dueMillis);
    }

    /// `fresh` goes past delayed messages that it stands at.
    void passHoles() {
        for (long hole = state.holeInFront(); hole >= 0; hole = state.holeInFront()) {
            state.passed(hole);
            facts.passed(hole);
        }
    }

    void dueUntil(long nowMillis) {
        if (state.due(nowMillis) > 0) {
            facts.due(nowMillis);
        }
    }

    /// A leased message, or the ready one that the reader stands on, leaves as a dead letter, or for good where there are none.
    void die(long offset, Reason reason, long nowMillis) {
        boolean leased = state.leases().find(offset) >= 0;
        if (!deadLetters()) {
            if (leased) {
                settled(offset);
            } else {
                goneHere();
            }
            return;
        }
        if (!leased) {
            addReadyBytes(-reader.bodyBytes());
        }
        state.dying(offset, reason, nowMillis);
        facts.dying(offset, reason, nowMillis);
    }

    // ---- who waits for the journal

    /// Tells `waiter` when all facts so far are durable.
    void whenDurable(Consumer<@Nullable BrokerError> waiter) {
        if (waiters.isEmpty()) {
            waiters = new ArrayList<>();
        }
        waiters.add(waiter);
    }

    List<Consumer<@Nullable BrokerError>> takeWaiters() {
        var taken = waiters;
        waiters = List.of();
        return taken;
    }

    boolean hasWaiters() {
        return !waiters.isEmpty();
    }
}
