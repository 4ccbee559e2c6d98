package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.policy.BreakerTransition;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Brings a queue's state from its last snapshot to where its journal ends.
///
/// Priorities and delays are no facts: they stand in the records. So facts may speak of messages that are not examined yet; those are noted, and
/// [#examined] does not make them ready again.
public final class QueueReplay {
    private final int priorityMax;
    private final boolean lists;
    private final Holder nobody = new Holder(Holder.NOBODY);
    private QueueState state;
    private long examined;
    private long keysFrom;

    /// From `examined` on: with priorities those that are no longer ready; without, the delayed ones that `fresh` has passed.
    private final Set<Long> noted = new HashSet<>();

    /// Priorities of noted messages that are neither leased nor ready: those that wait, and those that are gone.
    private final Map<Long, Integer> ofDelayed = new HashMap<>();

    /// Those from `examined` on that somebody removed while they waited.
    private final Set<Long> removed = new HashSet<>();

    /// Facts are missing: what becomes of a message is believed, what is not said of one is not.
    private boolean suspect;

    /// Passed by `fresh` where facts are missing, and not spoken of since: handed out or not, it comes again.
    private final OffsetRanges unknown = new OffsetRanges();

    public QueueReplay(int priorityMax) {
        this(priorityMax, false);
    }

    /// @param lists as for [QueueState]
    public QueueReplay(int priorityMax, boolean lists) {
        this.priorityMax = priorityMax;
        this.lists = lists;
        this.state = new QueueState(priorityMax, lists);
    }

    /// What lies before `offset` was never the queue's. Before anything else is told.
    public void startAt(long offset) {
        state.startMoved(offset);
        examined = offset;
    }

    public QueueState state() {
        return state;
    }

    /// From which record on [#examined] wants to be told.
    public long examined() {
        return examined;
    }

    /// No message before it that is still there has a key.
    public long keysFrom() {
        return keysFrom;
    }

    /// A snapshot: everything before does not count.
    public void snapshot(ByteBuffer payload) {
        var read = QueueSnapshot.read(payload, priorityMax, lists);
        state = read.state();
        examined = read.examined();
        keysFrom = read.keysFrom();
        noted.clear();
        removed.clear();
        suspect = false;
        unknown.clear();
    }

    /// The journal is damaged here: facts are missing. A message whose fate they told comes again rather than being lost, and a dead letter of which
    /// it is not known whether it has arrived is sent again.
    public void damaged() {
        suspect = true;
        state.dyingOnes().begunAnew();
    }

    /// Facts, in the order of the journal.
    ///
    /// @throws IllegalArgumentException for facts of a version that this program does not know
    public void facts(ByteBuffer payload) {
        if (payload.get() != QueueFacts.VERSION) {
            throw new IllegalArgumentException("a queue's facts of an unknown version");
        }
        while (payload.hasRemaining()) {
            fact(payload.get(), payload);
        }
    }

    private void fact(byte kind, ByteBuffer from) {
        switch (kind) {
            case QueueFacts.LEASED -> leased(from);
            case QueueFacts.SETTLED -> each(from, this::settled);
            case QueueFacts.GONE -> gone(from);
            case QueueFacts.RETURNED -> returned(from);
            case QueueFacts.PASSED -> passed(Varint.read(from));
            case QueueFacts.DUE -> state.due(Varint.read(from));
            case QueueFacts.DYING -> dying(from);
            case QueueFacts.EXTENDED -> state.extended(Varint.read(from), Varint.read(from));
            case QueueFacts.PRODUCER -> producer(Varint.read(from));
            case QueueFacts.BEGUN -> begun(RoundCodec.read(from));
            case QueueFacts.BURIED -> buried((int) Varint.read(from));
            case QueueFacts.HELD -> held(RoundCodec.readPartition(from));
            case QueueFacts.TAKEN -> taken(RoundCodec.readPartition(from));
            case QueueFacts.STARTED -> state.started();
            case QueueFacts.START_MOVED -> state.startMoved(Varint.read(from));
            case QueueFacts.REDRIVE_BEGUN -> state.redrive().begun(RedriveState.Begun.read(from));
            case QueueFacts.REDRIVE_PASSED ->
                    state.redrive().passed(Varint.read(from), Varint.read(from), Varint.read(from));
            case QueueFacts.REDRIVE_ENDED ->
                    state.redrive().ended(RedriveState.ofCode(from.get()), RedriveState.text(from));
            case QueueFacts.REMOVED -> removed(Varint.read(from));
            case QueueFacts.FAILED -> failed(from);
            case QueueFacts.REMEMBERED -> state.remembered().add(Remembered.Entry.read(from));
            case QueueFacts.FORGOT -> state.remembered().forget(from.getLong(), from.getLong());
            case QueueFacts.FORGOT_BEFORE -> state.remembered().forgetBefore(Varint.read(from));
            case QueueFacts.BREAKER_OPENED -> state.breaker(BreakerCodec.readOpened(from));
            case QueueFacts.BREAKER_HALF_OPENED ->
                    state.breaker(new BreakerTransition.HalfOpened(Varint.read(from)));
            case QueueFacts.BREAKER_CLOSED ->
                    state.breaker(
                            new BreakerTransition.Closed(
                                    Varint.read(from), (int) Varint.read(from)));
            default -> throw new IllegalArgumentException("a queue's fact of unknown kind " + kind);
        }
    }

    private interface OfOffset {
        void accept(long offset);
    }

    private static void each(ByteBuffer from, OfOffset action) {
        long first = Varint.read(from);
        long more = Varint.read(from);
        for (long offset = first; offset <= first + more; offset++) {
            action.accept(offset);
        }
    }

    private void leased(ByteBuffer from) {
        long first = Varint.read(from);
        long more = Varint.read(from);
        long deadline = Varint.read(from);
        uncover(first);
        for (long offset = first; offset <= first + more; offset++) {
            unknown.remove(offset);
            if (suspect) {
                // Its return is among what is missing.
                state.settled(offset);
            }
            if (!state.leased(offset, nobody, deadline, 0)) {
                leasedAhead(offset, deadline);
            }
        }
    }

    /// Of a record that was not examined yet.
    private void leasedAhead(long offset, long deadline) {
        if (state.hasPriorities() && offset < examined) {
            // Facts are missing: it is listed still, and is handed out again.
            return;
        }
        forget(offset);
        if (state.leases().find(offset) < 0) {
            state.restoreLease(offset, nobody, deadline, 0, 0);
        }
    }

    private void gone(ByteBuffer from) {
        long first = Varint.read(from);
        long last = first + Varint.read(from);
        uncover(first);
        unknown.remove(first, last + 1);
        if (!state.hasPriorities() && first >= state.fresh()) {
            state.goneTo(last + 1);
            return;
        }
        for (long offset = first; offset <= last; offset++) {
            if (!state.gone(offset) && offset >= examined) {
                forget(offset);
            }
        }
    }

    private void forget(long offset) {
        if (state.hasPriorities()) {
            noted.add(offset);
        } else {
            noted.remove(offset);
        }
    }

    private void returned(ByteBuffer from) {
        long first = Varint.read(from);
        long more = Varint.read(from);
        var how = QueueFacts.returnOf(Varint.read(from));
        long due = Varint.read(from);
        for (long offset = first; offset <= first + more; offset++) {
            state.returned(offset, how, due);
        }
    }

    private void failed(ByteBuffer from) {
        long first = Varint.read(from);
        long more = Varint.read(from);
        var failed = Failed.read(from);
        for (long offset = first; offset <= first + more; offset++) {
            state.failed(offset, failed);
        }
    }

    /// Before `fresh` moves beyond `offset`: what it would jump over is unknown where facts are missing. Elsewhere nothing is there.
    private void uncover(long offset) {
        if (suspect && !state.hasPriorities()) {
            unknown.add(state.fresh(), offset);
        }
    }

    private void settled(long offset) {
        unknown.remove(offset);
        if (suspect && state.leases().find(offset) < 0 && !state.hasPriorities()) {
            // Its lease is among what is missing.
            uncover(offset);
            state.gone(offset);
        }
        state.settled(offset);
    }

    private void passed(long offset) {
        uncover(offset);
        unknown.remove(offset);
        state.passed(offset);
        if (offset >= examined) {
            noted.add(offset);
        }
    }

    /// Somebody removed it while it waited: that may be seen only when it is examined.
    private void removed(long offset) {
        unknown.remove(offset);
        state.removed(offset);
        if (offset >= examined) {
            removed.add(offset);
        }
    }

    private void dying(ByteBuffer from) {
        long offset = Varint.read(from);
        var reason = Reason.ofCode((int) Varint.read(from));
        long since = Varint.read(from);
        if (state.leases().find(offset) < 0) {
            uncover(offset);
            unknown.remove(offset);
            if (offset >= examined) {
                forget(offset);
            }
        }
        state.dying(offset, reason, since);
    }

    /// Where facts are missing, sequence numbers are not to be trusted, nor who of the dying a round was about: they are sent again, by a new producer.
    private void producer(long id) {
        if (!suspect) {
            state.outbox().producer(id);
        }
    }

    private void held(PartitionId target) {
        if (!suspect) {
            state.held(target);
        }
    }

    private void taken(PartitionId target) {
        if (!suspect) {
            state.taken(target);
        }
    }

    private void buried(int count) {
        if (!suspect) {
            state.buried(count);
        }
    }

    /// A round that begins says that the one before has ended, should the fact be missing.
    private void begun(Outbox.Round round) {
        if (suspect) {
            return;
        }
        var before = state.outbox().round();
        if (before != null) {
            state.buried(before.count());
        }
        state.outbox().begun(round);
    }

    /// A record from [#examined] on, in the order of the log, when all facts were replayed.
    ///
    /// @param dueMillis as in [QueueState#examined]
    public void examined(long offset, int priority, long dueMillis) {
        examinedAsFound(offset, priority, dueMillis);
        if (removed.contains(offset)) {
            state.removed(offset);
        }
    }

    private void examinedAsFound(long offset, int priority, long dueMillis) {
        if (state.hasPriorities()) {
            if (!noted.contains(offset)) {
                state.examined(offset, priority, dueMillis);
            } else if (priority > 0 && !state.restorePriority(offset, priority)) {
                ofDelayed.put(offset, priority);
            }
        } else if (dueMillis > 0) {
            if (noted.contains(offset) || unknown.contains(offset)) {
                unknown.remove(offset);
                state.passedBefore(offset, dueMillis);
            } else if (offset >= state.fresh()) {
                state.examined(offset, priority, dueMillis);
            }
        }
    }

    /// All records before `offset` were told: the state is complete.
    ///
    /// @param start where the partition starts
    public void examinedTo(long start, long offset) {
        if (suspect) {
            onePlaceEach();
        }
        unknown.forEachFrom(start, missing -> state.readyOnes().back(missing, 0));
        unknown.clear();
        examinedTo(offset);
    }

    /// Where facts are missing, a message may seem to be in two places: who holds it has it.
    private void onePlaceEach() {
        state.delayedOnes().keep(offset -> state.leases().find(offset) < 0);
        state.delayedOnes().forEach((_, delayed, _) -> unknown.remove(delayed));
        state.leases().forEach((offset, _, _, _, _) -> state.gone(offset));
    }

    void examinedTo(long offset) {
        var round = state.outbox().round();
        if (round != null && round.count() > state.dying().size()) {
            // Facts are missing: whom it was about is not known.
            state.outbox().ended();
        }
        if (!ofDelayed.isEmpty()) {
            state.delayedOnes()
                    .changeNotes(
                            (delayed, note) -> {
                                var priority = ofDelayed.get(delayed);
                                return priority == null ? note : Note.withPriority(note, priority);
                            });
        }
        state.examinedTo(offset);
    }
}
