package io.sluice.engine.queue;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A queue's state over a list of records, driven as a shard drives it: every change with its fact.
final class LiveQueue {
    private final int priorityMax;
    private final Order order;
    private final NavigableMap<Long, Stored> stored = new TreeMap<>();
    private final FactLog journal = new FactLog();
    private QueueState state;
    private long start;
    private long end;

    /// A record.
    ///
    /// @param dueMillis 0: at once
    record Stored(long offset, int priority, long key, long dueMillis) {}

    LiveQueue(int priorityMax, Order order) {
        this.priorityMax = priorityMax;
        this.order = order;
        this.state = keyed(new QueueState(priorityMax, order != Order.NONE));
    }

    /// As at an opening: keys are read from the records that are still there.
    private QueueState keyed(QueueState fresh) {
        if (order != Order.NONE) {
            fresh.key(
                    order == Order.KEY,
                    offset -> {
                        var record = stored.get(offset);
                        return record == null ? 0 : record.key();
                    });
        }
        return fresh;
    }

    QueueState state() {
        return state;
    }

    long end() {
        return end;
    }

    long start() {
        return start;
    }

    // ---- the log

    /// A batch becomes durable, which ends at `newEnd`.
    void append(List<Stored> batch, long newEnd) {
        batch.forEach(record -> stored.put(record.offset(), record));
        end = newEnd;
        if (state.hasPriorities() || batch.stream().anyMatch(record -> record.dueMillis() > 0)) {
            batch.forEach(
                    record ->
                            state.examined(
                                    record.offset(),
                                    clamped(record),
                                    record.key(),
                                    record.dueMillis()));
        }
        state.examinedTo(end);
    }

    void moveStart(long to) {
        start = to;
        stored.headMap(to).clear();
        state.startMoved(to);
        if (state.hasPriorities()) {
            journal.add(facts -> facts.startMoved(to));
        }
    }

    boolean exists(long offset) {
        return stored.containsKey(offset);
    }

    // ---- handing out

    /// Looks for the first ready message that exists; [QueueState#foundFirst] then is it.
    boolean findFirst() {
        while (true) {
            passHoles();
            if (!state.find(end)) {
                return false;
            }
            long first = state.foundFirst();
            var next = stored.ceilingKey(first);
            if (next == null) {
                nothingAt(first, state.foundLast());
            } else if (next > first) {
                nothingAt(first, Math.min(state.foundLast(), next - 1));
            } else {
                return true;
            }
        }
    }

    /// Leases, or settles at once, the first message and those that follow it in its run.
    ///
    /// @return their offsets
    List<Long> hand(Holder holder, long deadlineMillis, boolean settled, int messagesMax) {
        var handed = new ArrayList<Long>();
        long last = state.foundLast();
        Long next = state.foundFirst();
        while (next != null && next <= last && handed.size() < messagesMax) {
            if (settled) {
                goneHere(next);
            } else {
                lease(next, holder, deadlineMillis);
            }
            handed.add(next);
            next = stored.higherKey(next);
        }
        return handed;
    }

    private void lease(long offset, Holder holder, long deadlineMillis) {
        boolean was = state.leased(offset, holder, deadlineMillis, 100);
        assert was : "only a ready message can be leased: " + offset;
        journal.add(facts -> facts.leased(offset, deadlineMillis));
    }

    void goneHere(long offset) {
        boolean was = state.gone(offset);
        assert was : "only a ready message goes: " + offset;
        journal.add(facts -> facts.gone(offset, offset));
    }

    private void nothingAt(long from, long to) {
        if (state.hasPriorities() || from < state.fresh()) {
            state.gone(from);
            journal.add(facts -> facts.gone(from, from));
        } else {
            state.goneTo(to + 1);
            journal.add(facts -> facts.gone(from, to));
        }
    }

    void purge() {
        if (state.hasKeys()) {
            state.purged(offset -> journal.add(facts -> facts.gone(offset, offset)));
        }
        for (passHoles(); state.find(end); passHoles()) {
            nothingAt(state.foundFirst(), state.foundLast());
        }
    }

    boolean isReady(long offset) {
        passHoles();
        return state.isReady(offset, end);
    }

    /// A ready message goes, wherever it stands.
    void goneAt(long offset) {
        listBefore(offset);
        goneHere(offset);
    }

    /// A ready message is leased, wherever it stands.
    void leaseAt(long offset, Holder holder, long deadlineMillis) {
        listBefore(offset);
        lease(offset, holder, deadlineMillis);
    }

    private void listBefore(long offset) {
        passHoles();
        while (!state.hasPriorities() && state.fresh() < offset) {
            long first = state.fresh();
            lease(first, new Holder(Holder.NOBODY), 0);
            returned(first, false, 0);
            passHoles();
        }
    }

    private void passHoles() {
        for (long hole = state.holeInFront(); hole >= 0; hole = state.holeInFront()) {
            long passed = hole;
            state.passed(passed);
            journal.add(facts -> facts.passed(passed));
        }
    }

    // ---- what becomes of messages

    void settled(long offset) {
        state.settled(offset);
        journal.add(facts -> facts.settled(offset));
    }

    void failed(long offset, Failed failed) {
        state.failed(offset, failed);
        journal.add(facts -> facts.failed(offset, failed));
    }

    void returned(long offset, boolean counted, long dueMillis) {
        returned(
                offset,
                counted ? QueueState.Return.COUNTED : QueueState.Return.UNTOUCHED,
                dueMillis);
    }

    void returned(long offset, QueueState.Return how, long dueMillis) {
        state.returned(offset, how, dueMillis);
        journal.add(facts -> facts.returned(offset, how, dueMillis));
    }

    void extended(long offset, long deadlineMillis) {
        state.extended(offset, deadlineMillis);
        journal.add(facts -> facts.extended(offset, deadlineMillis));
    }

    int dueUntil(long nowMillis) {
        int count = state.due(nowMillis);
        if (count > 0) {
            journal.add(facts -> facts.due(nowMillis));
        }
        return count;
    }

    void die(long offset, Reason reason, long nowMillis) {
        state.dying(offset, reason, nowMillis);
        journal.add(facts -> facts.dying(offset, reason, nowMillis));
    }

    // ---- dead letters

    void producer(long id) {
        state.outbox().producer(id);
        journal.add(facts -> facts.producer(id));
    }

    void begin(Outbox.Round round) {
        state.outbox().begun(round);
        journal.add(facts -> facts.begun(round));
    }

    void bury() {
        var round = state.outbox().round();
        assert round != null : "a round is under way";
        state.buried(round.count());
        journal.add(facts -> facts.buried(round.count()));
    }

    // ---- the journal

    void write() {
        journal.write();
    }

    void snapshot() {
        journal.snapshot(state, end);
    }

    /// The state as the journal and the log have it, without what is not written if `onlyWritten`.
    QueueState rebuilt(boolean onlyWritten) {
        var replay = new QueueReplay(priorityMax, order != Order.NONE);
        if (onlyWritten) {
            journal.replayWritten(replay);
        } else {
            journal.replayAll(replay);
        }
        var rebuilt = replay.state();
        stored.tailMap(Math.max(replay.examined(), start))
                .values()
                .forEach(
                        record ->
                                replay.examined(
                                        record.offset(), clamped(record), record.dueMillis()));
        replay.examinedTo(end);
        keyed(rebuilt);
        rebuilt.startMoved(start);
        return rebuilt;
    }

    /// The process dies and starts again.
    void crash() {
        state = rebuilt(true);
        journal.loseUnwritten();
        if (state.leases().size() > 0) {
            state.started();
            journal.add(QueueFacts::started);
        }
        state.startMoved(start);
        if (state.hasPriorities()) {
            journal.add(facts -> facts.startMoved(start));
        }
    }

    private int clamped(Stored record) {
        return Math.min(priorityMax, record.priority());
    }
}
