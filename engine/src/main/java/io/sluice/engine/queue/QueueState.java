package io.sluice.engine.queue;

import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.policy.BreakerTransition;
import java.util.List;
import java.util.function.LongConsumer;

/// Who holds which message of one queue over one partition, until when, and what comes next.
///
/// Two kinds of methods, as the journal is the truth: those that look ([QueueContents]), and those here, named after a fact ([QueueFacts]), which alone change
/// it, live and on recovery alike. Owned by its shard's loop.
public final class QueueState extends QueueContents {
    private final FailuresSection failuresSection = new FailuresSection(this);

    /// @param priorityMax 0: no priorities
    public QueueState(int priorityMax) {
        this(priorityMax, false);
    }

    /// @param lists whether what is ready is listed, whatever its priority: for [#key]
    public QueueState(int priorityMax, boolean lists) {
        super(new Ready(lists ? 0 : priorityMax, lists));
    }

    /// Says which key a message has.
    public interface Keys {
        /// @return 0: none
        long key(long offset);
    }

    /// From now on keys matter. At a start, when all that is listed was [#examined]; `keys` is asked about every message that is there, in the order of
    /// the log.
    ///
    /// @param strict one of each key at a time; otherwise keys take turns
    public void key(boolean strict, Keys keys) {
        ready = new KeyedStart(ready, leases, delayed).sorted(strict, keys);
    }

    // ---- facts

    /// A record that became durable, or was found at a start: only those of queues with priorities, and delayed ones, need to be told.
    ///
    /// @param dueMillis when it may be handed out, wall clock; 0: at once
    public void examined(long offset, int priority, long dueMillis) {
        examined(offset, priority, 0, dueMillis);
    }

    /// @param key 0: it has none
    public void examined(long offset, int priority, long key, long dueMillis) {
        if (dueMillis > 0) {
            delayed.add(dueMillis, offset, Note.of(0, priority));
            ready.waits(offset, key);
        } else if (ready.hasLanes()) {
            ready.list(offset, priority, key);
        }
    }

    /// With priorities: all before `offset` was [#examined].
    public void examinedTo(long offset) {
        if (ready.hasLanes()) {
            ready.fresh(offset);
        }
    }

    /// A ready message is handed out.
    ///
    /// @param deadlineMillis when it comes back by itself, wall clock; 0: never
    /// @return false when it was not ready
    public boolean leased(long offset, Holder holder, long deadlineMillis, int bytes) {
        int note = ready.take(offset);
        if (note < 0) {
            return false;
        }
        restoreLease(offset, holder, deadlineMillis, note, bytes);
        return true;
    }

    /// A lease ends later, or earlier, than thought.
    ///
    /// @param deadlineMillis as in [#leased]
    public void extended(long offset, long deadlineMillis) {
        int slot = leases.find(offset);
        if (slot >= 0) {
            leases.deadlineMillis(slot, deadlineMillis);
            deadlines.add(offset, deadlineMillis);
        }
    }

    /// A leased message is done with.
    public void settled(long offset) {
        int slot = leases.find(offset);
        if (slot >= 0) {
            leases.remove(slot);
            ready.left(offset);
            failures.forget(offset);
        }
    }

    /// A ready message is gone without having been handed out, or at once when it was.
    ///
    /// @return false when it was not ready
    public boolean gone(long offset) {
        boolean was = ready.take(offset) >= 0;
        if (was) {
            ready.left(offset);
            failures.forget(offset);
        }
        return was;
    }

    /// A message is gone while it waits for its time; `fresh` has passed it. Looks at all that wait.
    public void removed(long offset) {
        if (delayed.contains(offset)) {
            delayed.keep(other -> other != offset);
            failures.forget(offset);
            ready.left(offset);
        }
    }

    /// With keys: all that is ready is gone, whether its turn could come or not.
    ///
    /// @param told of each
    public void purged(LongConsumer told) {
        ready.dropBefore(
                Long.MAX_VALUE,
                offset -> {
                    failures.forget(offset);
                    told.accept(offset);
                });
    }

    /// All fresh ones before `offset` are gone.
    public void goneTo(long offset) {
        assert !ready.hasLanes() : "a queue with priorities lists what is ready";
        ready.fresh(offset);
    }

    /// A try at a message has failed: what becomes of it is another fact.
    public void failed(long offset, Failed failed) {
        failures.failed(offset, failed);
    }

    /// How a leased message comes back.
    public enum Return {
        /// Nobody looked at it.
        UNTOUCHED,
        /// That was a try.
        COUNTED,
        /// Somebody may have seen it, which does not count.
        SEEN
    }

    /// A leased message comes back to its place.
    ///
    /// @param counted whether that was a try; else nobody looked at it
    /// @param dueMillis not to be handed out before, wall clock; 0: at once
    public void returned(long offset, boolean counted, long dueMillis) {
        returned(offset, counted ? Return.COUNTED : Return.UNTOUCHED, dueMillis);
    }

    public void returned(long offset, Return how, long dueMillis) {
        int slot = leases.find(offset);
        if (slot < 0) {
            return;
        }
        int before = leases.note(slot);
        int note =
                switch (how) {
                    case UNTOUCHED -> before;
                    case COUNTED -> Note.returnedOnceMore(before);
                    case SEEN -> Note.seen(before);
                };
        leases.remove(slot);
        if (dueMillis > 0) {
            delayed.add(dueMillis, offset, note);
        } else {
            ready.back(offset, note);
        }
    }

    /// `fresh` moves past a delayed message.
    public void passed(long offset) {
        ready.fresh(offset + 1);
    }

    /// A delayed message that `fresh` has passed in the journal, and that is examined only now.
    void passedBefore(long offset, long dueMillis) {
        delayed.add(dueMillis, offset, 0);
    }

    /// The time of delayed messages has come.
    ///
    /// @return how many became ready
    public int due(long untilMillis) {
        return due(untilMillis, _ -> {});
    }

    /// @param each told of every offset that became ready
    public int due(long untilMillis, LongConsumer each) {
        int count = 0;
        while (delayed.firstDue() <= untilMillis) {
            ready.back(delayed.firstOffset(), delayed.firstNote());
            each.accept(delayed.firstOffset());
            delayed.removeFirst();
            count++;
        }
        return count;
    }

    /// A ready or leased message is on its way to the dead letters.
    public void dying(long offset, Reason reason, long nowMillis) {
        int slot = leases.find(offset);
        int note;
        if (slot >= 0) {
            note = leases.note(slot);
            leases.remove(slot);
        } else {
            note = ready.take(offset);
        }
        if (note >= 0) {
            ready.left(offset);
        }
        dying.add(new Dying(offset, reason, nowMillis, Math.max(0, note), failures.take(offset)));
        if (reason == Reason.REDRIVEN) {
            redrive.movedOne();
        }
    }

    /// The first `count` of the dying have arrived where they go.
    public void buried(int count) {
        dying.buried(count);
    }

    /// What that target was to get of the round under way waits by itself from now on.
    public void held(PartitionId target) {
        dying.held(target);
    }

    /// The target has what waited longest for it.
    public void taken(PartitionId target) {
        dying.outbox().taken(target);
    }

    /// The process began anew: who held a lease without a deadline is gone.
    public void started() {
        for (long offset : leases.of(Holder.NOBODY)) {
            int slot = leases.find(offset);
            if (leases.deadlineMillis(slot) == 0) {
                returned(offset, true, 0);
            }
        }
    }

    /// The partition starts at `start` now: what lay before is gone. What is leased stays so until its holder settles it.
    public void startMoved(long to) {
        ready.dropBefore(to, _ -> {});
        delayed.forEach(
                (_, offset, _) -> {
                    if (offset < to) {
                        ready.left(offset);
                    }
                });
        delayed.removeBefore(to);
        failures.keep(offset -> offset >= to || leases.find(offset) >= 0);
    }

    /// Its breaker takes a step.
    public void breaker(BreakerTransition transition) {
        breaker.breaker(breaker.breaker().after(transition));
    }

    // ---- for snapshots

    List<SnapshotSection> sections() {
        return List.of(failuresSection, breaker, redrive);
    }

    void restoreLease(long offset, Holder holder, long deadlineMillis, int note, int bytes) {
        leases.add(offset, holder, deadlineMillis, note, bytes);
        deadlines.add(offset, deadlineMillis);
    }

    /// The priority of a message that facts spoke of before its record was seen.
    ///
    /// @return false when it is neither leased nor ready
    boolean restorePriority(long offset, int priority) {
        int slot = leases.find(offset);
        if (slot >= 0) {
            leases.note(slot, Note.withPriority(leases.note(slot), priority));
            return true;
        }
        int note = ready.take(offset);
        if (note >= 0) {
            ready.back(offset, Note.withPriority(note, priority));
        }
        return note >= 0;
    }
}
