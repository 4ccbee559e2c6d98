package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.Overflow;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.queue.Failed;
import io.sluice.engine.queue.Holder;
import io.sluice.engine.queue.QueueFacts;
import io.sluice.engine.queue.QueueState;
import io.sluice.engine.queue.QueueState.Return;
import io.sluice.engine.queue.RedriveState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
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

    private final ReadyBytes readyBytes;
    private final Deduplication deduplication = new Deduplication(this);

    /// The first record that could not be read when it had to be looked at; -1: none.
    private long unexaminedFrom = -1;

    /// Where the partition began when it was looked at last.
    private long start = -1;

    /// Who waits until the facts so far are durable, or written at least.
    private List<Consumer<@Nullable BrokerError>> waiters = List.of();

    /// One of them waits for the disk.
    private boolean forced;

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

    /// Null: nothing ever stops its deliveries.
    @Nullable QueueBreaker breaker;

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
        this.readyBytes = new ReadyBytes(state, reader, settings.bytesMax() >= 0);
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
        readyBytes.counted(newSettings.bytesMax() >= 0);
        if (countsAnew) {
            readyBytes.count(highWatermark());
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

    ReadyBytes readyBytes() {
        return readyBytes;
    }

    Deduplication deduplication() {
        return deduplication;
    }

    /// So many are on their way to the dead letters that no ready message should die before some have arrived.
    boolean isCrowdedWithDead() {
        return deadLetters() && state.dyingCount() >= DYING_MAX;
    }

    boolean deadLetters() {
        return settings.deadLetterExchange().isPresent();
    }

    /// How many messages its breaker lets out now.
    int room() {
        return breaker == null ? Integer.MAX_VALUE : breaker.room();
    }

    /// Whether messages that somebody has and that would die come back instead, as its breaker is not closed.
    boolean sparesLeased() {
        return breaker != null && !breaker.isClosed();
    }

    /// Whether ready messages do not become dead letters now, as its breaker is not closed.
    boolean sparesReady() {
        return sparesLeased() && deadLetters();
    }

    /// The same while probes look for messages: those that have expired are in their way.
    boolean sparesFirst() {
        return breaker != null && breaker.isOpen() && deadLetters();
    }

    QueueStatus status() {
        return new QueueStatus(
                ready(),
                state.leases().size(),
                state.delayedCount(),
                settings.bytesMax() >= 0 ? readyBytes.bytes() : aboutReadyBytes(),
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
                        || (settings.bytesMax() >= 0 && readyBytes.bytes() >= settings.bytesMax());
        return full
                ? new BrokerError.QueueFull("queue '" + definition.name() + "' is at its limit")
                : null;
    }

    /// A batch became durable, which has the offsets from `from` to before `to`.
    void appended(AppendOperation append, long from, long to, int records, long nowMillis) {
        counts.published += records;
        if (isBehind()) {
            return;
        }
        if (state.hasPriorities() || append.delayed() || settings.bytesMax() >= 0) {
            examine(append.delayed() || state.hasPriorities(), append.batch(), from, to);
        }
        var bytes = isWanted(nowMillis) ? append.batch() : null;
        if (bytes != null) {
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

    /// Records were deleted under it, by retention or by a Kafka client, or because no queue needs them.
    void startMoved() {
        long to = partition.partition().startOffset();
        if (to == start) {
            return;
        }
        start = to;
        if (settings.retentionMillis() >= 0) {
            settleBefore(to);
        }
        long before = ready();
        state.startMoved(to);
        if (state.hasPriorities() && ready() < before) {
            // Facts that follow speak of lanes without what is gone.
            facts.startMoved(to);
        }
        if (settings.bytesMax() >= 0 && ready() < before) {
            readyBytes.count(highWatermark());
        }
    }

    /// Of a queue whose messages have their time, what is deleted is gone from whoever has it, too.
    private void settleBefore(long to) {
        var deleted = LongStream.builder();
        state.leases()
                .forEach(
                        (offset, _, _, _, _) -> {
                            if (offset < to) {
                                deleted.add(offset);
                            }
                        });
        deleted.build().sorted().forEach(this::settled);
    }

    // ---- changes, each with its fact

    /// Hands out the record that the reader stands on.
    void lease(Holder holder, long deadlineMillis) {
        long offset = reader.offset();
        int bytes = reader.bodyBytes();
        boolean was = state.leased(offset, holder, deadlineMillis, bytes);
        assert was : "only a ready message can be leased: " + offset + " of " + part;
        facts.leased(offset, deadlineMillis);
        readyBytes.add(-bytes);
        counts.delivered++;
        if (breaker != null) {
            breaker.handed(offset);
        }
    }

    /// Hands out the record that the reader stands on, which counts as settled at once.
    void handForGood() {
        counts.delivered++;
        goneHere();
        if (breaker != null) {
            breaker.handedForGood();
        }
    }

    /// The ready record that the reader stands on is gone: consumed at once, expired, dropped.
    void goneHere() {
        long offset = reader.offset();
        readyBytes.add(-reader.bodyBytes());
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

    /// A leased message was done with.
    ///
    /// @param slot of its lease
    void accepted(long offset, int slot) {
        counts.acknowledged++;
        if (breaker != null) {
            breaker.succeeded(offset, slot);
        }
        settled(offset);
    }

    void settled(long offset) {
        state.settled(offset);
        facts.settled(offset);
        trimmable = true;
    }

    /// A try at a leased message has failed. What becomes of the message is the next fact.
    void failed(long offset, Failure why, long nowMillis) {
        counts.failures++;
        if (breaker != null) {
            breaker.failed(offset);
        }
        int slot = state.leases().find(offset);
        if (slot < 0 || !settings.keepsFailures()) {
            return;
        }
        var failed =
                new Failed(
                        nowMillis,
                        state.leases().holder(slot).name(),
                        why.code(),
                        why.text(),
                        settings.policy().deadLetter().attemptsKept());
        state.failed(offset, failed);
        facts.failed(offset, failed);
    }

    void returned(long offset, Return how, long wantedMillis) {
        long dueMillis = breaker == null ? wantedMillis : breaker.dueMillis(offset, wantedMillis);
        int slot = state.leases().find(offset);
        if (slot >= 0 && dueMillis == 0) {
            int bytes = state.leases().bytes(slot);
            if (bytes > 0) {
                readyBytes.add(bytes);
            } else {
                // Empty, or of before a restart.
                readyBytes.addOf(offset);
            }
        }
        state.returned(offset, how, dueMillis);
        facts.returned(offset, how, dueMillis);
    }

    /// `fresh` goes past delayed messages that it stands at.
    void passHoles() {
        for (long hole = state.holeInFront(); hole >= 0; hole = state.holeInFront()) {
            state.passed(hole);
            facts.passed(hole);
        }
    }

    void dueUntil(long nowMillis) {
        if (state.due(nowMillis, readyBytes::addOf) > 0) {
            facts.due(nowMillis);
        }
    }

    /// The part begins to move messages, as its queue's [io.sluice.broker.queue.Redrive] says.
    void redriveBegun(RedriveState.Begun begun) {
        state.redrive().begun(begun);
        facts.redriveBegun(begun);
    }

    void redrivePassed(long cursor, long skipped, long failed) {
        state.redrive().passed(cursor, skipped, failed);
        facts.redrivePassed(cursor, skipped, failed);
    }

    void redriveEnded(RedriveProgress.State how, String why) {
        state.redrive().ended(how, why);
        facts.redriveEnded(how, state.redrive().progress().failure().orElse(""));
    }

    /// A message that waits for its time is gone.
    void removed(long offset) {
        state.removed(offset);
        facts.removed(offset);
        trimmable = true;
    }

    /// A leased message, or the ready one that the reader stands on, leaves as a dead letter, or for good where there are none.
    ///
    /// This is the only place where messages die.
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
            readyBytes.add(-reader.bodyBytes());
        }
        counts.dead[reason.code()]++;
        state.dying(offset, reason, nowMillis);
        facts.dying(offset, reason, nowMillis);
        if (leased && breaker != null) {
            breaker.died();
        }
    }

    // ---- who waits for the journal

    /// Tells `waiter` when all facts so far are durable.
    void whenDurable(Consumer<@Nullable BrokerError> waiter) {
        forced = true;
        whenWritten(waiter);
    }

    /// Tells `waiter` when all facts so far are written: they outlive the process, if not the machine.
    void whenWritten(Consumer<@Nullable BrokerError> waiter) {
        if (waiters.isEmpty()) {
            waiters = new ArrayList<>();
        }
        waiters.add(waiter);
    }

    List<Consumer<@Nullable BrokerError>> takeWaiters() {
        var taken = waiters;
        waiters = List.of();
        forced = false;
        return taken;
    }

    /// Whether one of those who wait, waits for the disk.
    boolean waitsForDisk() {
        return forced;
    }

    boolean hasWaiters() {
        return !waiters.isEmpty();
    }
}
