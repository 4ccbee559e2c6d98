package io.sluice.engine.shard;

import io.sluice.base.Interner;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.engine.queue.Failed;
import io.sluice.engine.queue.Holder;
import io.sluice.engine.queue.QueueFacts;
import io.sluice.engine.queue.QueueState;
import io.sluice.engine.queue.QueueState.Return;
import org.jspecify.annotations.Nullable;

/// A queue's part with what its shard knows around it. It owns and it names; what is done with it is in [QueueDispatch], [QueueExpiry],
/// [QueueSettling], [DeadLettering] and the operations.
///
/// Every change of its state goes through here, or through [StartMoves], [Deduplication] and [RedriveFacts], so that none is without its fact. Owned by its shard's loop.
final class HostedQueue {
    private static final Interner<QueueSettings> ALIKE = new Interner<>();

    private static final int DYING_MAX = 10_000;

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
    private final JournalWaiters journalWaiters = new JournalWaiters();
    private final Arrivals arrivals = new Arrivals(this);
    private final StartMoves startMoves = new StartMoves(this);

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

    HostedQueue(
            QueuePart part,
            Queue definition,
            QueueSettings settings,
            HostedPartition partition,
            QueueState state,
            NearBudget budget) {
        this.part = part;
        this.definition = definition;
        this.settings = ALIKE.intern(settings);
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
        settings = ALIKE.intern(newSettings);
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

    /// Behind the last record that can be handed out.
    long highWatermark() {
        return arrivals.highWatermark();
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

    /// Who waits for the facts so far.
    JournalWaiters journalWaiters() {
        return journalWaiters;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    StartMoves startMoves() {
        return startMoves;
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
        counts.died(reason);
        state.dying(offset, reason, nowMillis);
        facts.dying(offset, reason, nowMillis);
        if (leased && breaker != null) {
            breaker.died();
        }
    }
}
