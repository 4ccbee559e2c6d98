package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.message.Death.Reason;
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
    private final Holder nobody = new Holder(Holder.NOBODY);
    private QueueState state;
    private long examined;

    /// From `examined` on: with priorities those that are no longer ready; without, the delayed ones that `fresh` has passed.
    private final Set<Long> noted = new HashSet<>();

    /// Priorities of noted messages that are neither leased nor ready: those that wait, and those that are gone.
    private final Map<Long, Integer> ofDelayed = new HashMap<>();

    public QueueReplay(int priorityMax) {
        this.priorityMax = priorityMax;
        this.state = new QueueState(priorityMax);
    }

    public QueueState state() {
        return state;
    }

    /// From which record on [#examined] wants to be told.
    public long examined() {
        return examined;
    }

    /// A snapshot: everything before does not count.
    public void snapshot(ByteBuffer payload) {
        var read = QueueSnapshot.read(payload, priorityMax);
        state = read.state();
        examined = read.examined();
        noted.clear();
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
            case QueueFacts.SETTLED -> each(from, state::settled);
            case QueueFacts.GONE -> gone(from);
            case QueueFacts.RETURNED -> returned(from);
            case QueueFacts.PASSED -> passed(Varint.read(from));
            case QueueFacts.DUE -> state.due(Varint.read(from));
            case QueueFacts.DYING -> dying(from);
            case QueueFacts.EXTENDED -> state.extended(Varint.read(from), Varint.read(from));
            case QueueFacts.PRODUCER -> state.outbox().producer(Varint.read(from));
            case QueueFacts.BEGUN -> begun(RoundCodec.read(from));
            case QueueFacts.BURIED -> state.buried((int) Varint.read(from));
            case QueueFacts.STARTED -> state.started();
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
        for (long offset = first; offset <= first + more; offset++) {
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
        boolean counted = Varint.read(from) == 1;
        long due = Varint.read(from);
        for (long offset = first; offset <= first + more; offset++) {
            state.returned(offset, counted, due);
        }
    }

    private void passed(long offset) {
        state.passed(offset);
        if (offset >= examined) {
            noted.add(offset);
        }
    }

    private void dying(ByteBuffer from) {
        long offset = Varint.read(from);
        var reason = Reason.ofCode((int) Varint.read(from));
        long since = Varint.read(from);
        if (offset >= examined && state.leases().find(offset) < 0) {
            forget(offset);
        }
        state.dying(offset, reason, since);
    }

    /// A round that begins says that the one before has ended, should the fact be missing.
    private void begun(Outbox.Round round) {
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
        if (state.hasPriorities()) {
            if (!noted.contains(offset)) {
                state.examined(offset, priority, dueMillis);
            } else if (priority > 0 && !state.restorePriority(offset, priority)) {
                ofDelayed.put(offset, priority);
            }
        } else if (dueMillis > 0) {
            if (noted.contains(offset)) {
                state.passedBefore(offset, dueMillis);
            } else if (offset >= state.fresh()) {
                state.examined(offset, priority, dueMillis);
            }
        }
    }

    /// All records before `offset` were told: the state is complete.
    public void examinedTo(long offset) {
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
                                return priority == null
                                        ? note
                                        : Note.of(Note.returned(note), priority);
                            });
        }
        state.examinedTo(offset);
    }
}
