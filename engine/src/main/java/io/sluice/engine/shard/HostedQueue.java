package io.sluice.engine.shard;

import io.sluice.broker.Append;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Once;
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
import io.sluice.engine.queue.Remembered;
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
    private static final int DYING_MAX = 10_000;
    /// How long after somebody has asked new messages are kept near for the next who asks.
    static final long WANTED_MILLIS = 10_000;

    private final QueuePart part;
    private final HostedPartition partition;
    private final QueueState state;
    private final QueueFacts facts = new QueueFacts();
    private final QueueReader reader;
    private final QueueConsumers consumers = new QueueConsumers();
    private final Receivers receivers = new Receivers();
    private final QueueCounts counts = new QueueCounts();
    private Queue definition;
    private QueueSettings settings;

    /// Bytes of ready bodies; kept only where a limit asks for it.
    private long readyBytes;

    /// The first record that could not be read when it had to be looked at; -1: none.
    private long unexaminedFrom = -1;

    /// Where the partition began when it was looked at last.
    private long start = -1;

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

    /// Somebody has asked for messages not long ago, wall clock.
    long wantedUntilMillis;

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

    Receivers receivers() {
        return receivers;
    }

    QueueCounts counts() {
        return counts;
    }

    /// The home part counts consumers and knows when the queue expires.
    boolean isHome() {
        return part.index() == 0;
    }

    /// Behind the last record that can be handed out: that is durable, and was looked at if it has to be.
    long highWatermark() {
        long end = partition.partition().highWatermark();
        return unexaminedFrom < 0 ? end : Math.min(end, unexaminedFrom);
    }

    /// Whether records that could not be read wait to be looked at.
    boolean isBehind() {
        return unexaminedFrom >= 0;
    }

    /// Looks at the records that could not be read, once more.
    void catchUp() {
        long from = unexaminedFrom;
        unexaminedFrom = -1;
        examine(true, null, from, partition.partition().highWatermark());
    }

    long ready() {
        return state.ready(highWatermark());
    }

    long readyBytes() {
        return readyBytes;
    }

    /// So many are on their way to the dead letters that no ready message should die before some have arrived.
    boolean isCrowdedWithDead() {
        return deadLetters() && state.dyingCount() >= DYING_MAX;
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
    void appended(Append append, long from, long to, int records, long nowMillis) {
        counts.published += records;
        var bytes = append.batch().outlivesRelease() ? append.batch().bytes() : null;
        if (isBehind()) {
            return;
        }
        if (state.hasPriorities() || append.delayed() || settings.bytesMax() >= 0) {
            examine(append.delayed() || state.hasPriorities(), bytes, from, to);
        }
        if (bytes != null && isWanted(nowMillis)) {
            var batch = StoredBatch.of(bytes.slice());
            if (!batch.batch().isControl() && batch.batch().compression() == Compression.NONE) {
                reader.appended(batch, state.fresh());
            }
        }
    }

    private boolean isWanted(long nowMillis) {
        if (!consumers.isEmpty() || nowMillis < wantedUntilMillis) {
            return true;
        }
        if (wantedUntilMillis > 0) {
            wantedUntilMillis = 0;
            reader.forget();
        }
        return false;
    }

    private void examine(boolean traits, @Nullable ByteBuffer bytes, long from, long to) {
        var look = new Examination(this, traits);
        if (bytes != null
                && RecordBatch.view(bytes, bytes.position()).compression() == Compression.NONE) {
            look.batch(StoredBatch.of(bytes.slice()));
        } else {
            long end = look.log(from, to);
            state.examinedTo(end);
            unexaminedFrom = end < to ? end : -1;
            return;
        }
        state.examinedTo(to);
    }

    void addReadyBytes(long bytes) {
        if (settings.bytesMax() >= 0) {
            // Never below nothing, should a length have been unreadable when it was to be added.
            readyBytes = Math.max(0, readyBytes + bytes);
        }
    }

    /// Records were deleted under it, by retention or by a Kafka client, or because no queue needs them.
    void startMoved() {
        long to = partition.partition().startOffset();
        if (to == start) {
            return;
        }
        start = to;
        long before = ready();
        state.startMoved(to);
        if (state.hasPriorities() && ready() < before) {
            // Facts that follow speak of lanes without what is gone.
            facts.startMoved(to);
        }
        if (settings.bytesMax() >= 0 && ready() < before) {
            countBytes();
        }
    }

    void forgetReadyBytes() {
        readyBytes = 0;
    }

    /// Looks at all that is ready.
    void countBytes() {
        readyBytes = 0;
        long[] gap = {0, 0};
        state.forEachReady(
                highWatermark(),
                offset -> {
                    boolean isGap = gap[0] <= offset && offset < gap[1];
                    if (isGap || !reader.seek(offset)) {
                        return;
                    }
                    if (reader.offset() == offset) {
                        readyBytes += reader.bodyBytes();
                    } else {
                        gap[0] = offset;
                        gap[1] = reader.offset();
                    }
                });
    }

    /// A message became ready whose length nobody noted.
    private void addReadyBytesOf(long offset) {
        if (settings.bytesMax() >= 0 && reader.seek(offset) && reader.offset() == offset) {
            readyBytes += reader.bodyBytes();
        }
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

    /// A lease ends later, or earlier, than thought.
    void extended(long offset, long deadlineMillis) {
        state.extended(offset, deadlineMillis);
        facts.extended(offset, deadlineMillis);
    }

    /// Whether a message could be handed out, or would be if its turn came.
    boolean isReady(long offset) {
        passHoles();
        return state.isReady(offset, highWatermark());
    }

    /// A ready message, not the first perhaps, is gone.
    void goneAt(long offset) {
        listBefore(offset);
        boolean was = state.gone(offset);
        assert was : "only a ready message goes: " + offset + " of " + part;
        facts.gone(offset, offset);
        trimmable = true;
    }

    /// A ready message, not the first perhaps, is handed out.
    void leaseAt(long offset, Holder holder, long deadlineMillis) {
        listBefore(offset);
        boolean was = state.leased(offset, holder, deadlineMillis, 0);
        assert was : "only a ready message can be leased: " + offset + " of " + part;
        facts.leased(offset, deadlineMillis);
    }

    /// What was never handed out and lies before `offset` becomes something that has come back, so that a single one can be taken from the middle. After
    /// a crash that lost leases there are some.
    private void listBefore(long offset) {
        passHoles();
        var nobody = new Holder(Holder.NOBODY);
        for (long first = state.fresh();
                !state.hasPriorities() && first < offset;
                first = state.fresh()) {
            state.leased(first, nobody, 0, 0);
            facts.leased(first, 0);
            returned(first, false, 0);
            passHoles();
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
            int bytes = state.leases().bytes(slot);
            if (bytes > 0) {
                addReadyBytes(bytes);
            } else {
                // Empty, or of before a restart.
                addReadyBytesOf(offset);
            }
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
        if (state.due(nowMillis, this::addReadyBytesOf) > 0) {
            facts.due(nowMillis);
        }
    }

    /// The ready message that the reader stands on is on its way to where its queue's [io.sluice.broker.queue.Redrive] says.
    void redrive(long nowMillis) {
        long offset = reader.offset();
        addReadyBytes(-reader.bodyBytes());
        state.dying(offset, Reason.REDRIVEN, nowMillis);
        facts.dying(offset, Reason.REDRIVEN, nowMillis);
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

    // ---- what is to be there once

    /// The message with the same key that was taken not long ago; null when there was none.
    Remembered.@Nullable Entry known(Once once, long nowMillis) {
        return state.remembered().find(once, nowMillis);
    }

    void remember(Once once, long offset, long nowMillis) {
        var entry =
                new Remembered.Entry(once.keyHigh(), once.keyLow(), once.id(), offset, nowMillis);
        state.remembered().add(entry);
        facts.remembered(entry);
    }

    /// It could not be stored.
    void forget(Once once) {
        state.remembered().forget(once.keyHigh(), once.keyLow());
        facts.forgot(once.keyHigh(), once.keyLow());
    }

    void forgetAllKnown() {
        if (state.remembered().size() > 0) {
            state.remembered().forgetBefore(highWatermark());
            facts.forgotBefore(highWatermark());
        }
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
