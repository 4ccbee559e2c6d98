package io.sluice.engine.queue;

import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.FailureHistory;
import io.sluice.broker.policy.BreakerState;
import io.sluice.broker.policy.BreakerTransition;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// Who holds which message of one queue over one partition, until when, and what comes next.
///
/// Two kinds of methods, as the journal is the truth: those that look, and those named after a fact ([QueueFacts]), which alone change it, live and on
/// recovery alike. Owned by its shard's loop.
public final class QueueState {
    private static final int STALE_DEADLINES = 64;

    private ReadyMessages ready;
    private final DueHeap delayed = new DueHeap();
    private final DueHeap deadlines = new DueHeap();
    private final Leases leases = new Leases();
    private final ArrayDeque<Dying> dying = new ArrayDeque<>();
    private final Outbox outbox = new Outbox();
    private final Remembered remembered = new Remembered();
    private final BreakerSection breaker = new BreakerSection();
    private final RedriveState redrive = new RedriveState();
    private final Failures failures = new Failures();
    private final FailuresSection failuresSection = new FailuresSection(this);

    /// A message on its way to the dead letters.
    ///
    /// @param sinceMillis when it died, wall clock
    /// @param history how it had failed
    public record Dying(
            long offset, Reason reason, long sinceMillis, int note, FailureHistory history) {
        /// How often it failed, also when not every time was written down.
        public FailureHistory tries() {
            boolean failedLast = reason == Reason.REJECTED || reason == Reason.DELIVERY_LIMIT;
            return history.atLeast(Note.returned(note) + (failedLast ? 1 : 0));
        }
    }

    /// @param priorityMax 0: no priorities
    public QueueState(int priorityMax) {
        this(priorityMax, false);
    }

    /// @param lists whether what is ready is listed, whatever its priority: for [#key]
    public QueueState(int priorityMax, boolean lists) {
        ready = new Ready(lists ? 0 : priorityMax, lists);
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
        var keyed = new KeyedReady(strict);
        var returned = new TreeMap<Long, Integer>();
        ready.forEachReturned((_, offset, note) -> returned.put(offset, note));
        var waiting = new TreeSet<Long>();
        var away = new TreeSet<>(returned.keySet());
        leases.forEach((offset, _, _, _, _) -> away.add(offset));
        delayed.forEach((_, offset, note) -> (Note.wasOut(note) ? away : waiting).add(offset));
        var all = ready.lanes();
        assert all != null && all.length == 1 : "what is ready is listed, in one lane";
        var others = new TreeSet<>(away);
        others.addAll(waiting);
        LongConsumer other =
                offset -> {
                    if (waiting.contains(offset)) {
                        keyed.waits(offset, keys.key(offset));
                    } else {
                        keyed.restoreOut(offset, keys.key(offset));
                    }
                };
        all[0].forEach(
                offset -> {
                    while (!others.isEmpty() && others.first() < offset) {
                        other.accept(others.removeFirst());
                    }
                    keyed.list(offset, 0, keys.key(offset));
                });
        others.forEach(other::accept);
        returned.forEach(keyed::back);
        keyed.fresh(ready.fresh());
        ready = keyed;
    }

    // ---- looking

    public long fresh() {
        return ready.fresh();
    }

    /// The smallest offset that was not handed out yet, as far as it will be soon.
    public long unread() {
        return ready.hasLanes() ? Math.min(ready.fresh(), ready.smallestOffset()) : ready.fresh();
    }

    public boolean hasPriorities() {
        return ready.hasLanes();
    }

    /// Whether [#key] was called: the first ready message need not be the first that may be handed out.
    public boolean hasKeys() {
        return ready instanceof KeyedReady;
    }

    /// Messages that could be handed out.
    public long ready(long highWatermark) {
        return ready.count(highWatermark);
    }

    /// Every offset that could be handed out, also those at which nothing is any more: one lane after the other.
    public void forEachReady(long highWatermark, LongConsumer each) {
        ready.forEach(highWatermark, each);
    }

    /// What becomes of the first `max` messages at `from` or behind it, but for those that are [#fresh] and not listed: they are ready. Looks at all.
    public NavigableMap<Long, Standing> standings(long from, int max, long highWatermark) {
        var first = new Standing.First(from, max);
        ready.forEachReturned((_, offset, note) -> first.add(offset, Standing.ready(note)));
        leases.forEach(
                (offset, _, deadline, note, _) ->
                        first.add(offset, Standing.leased(note, deadline)));
        delayed.forEach((due, offset, note) -> first.add(offset, Standing.delayed(note, due)));
        if (ready.hasLanes()) {
            ready.forEach(highWatermark, offset -> first.add(offset, Standing.ready(0)));
        }
        return first.found();
    }

    public Leases leases() {
        return leases;
    }

    /// Deadlines that are kept, also of leases that have ended.
    int deadlineCount() {
        return deadlines.size();
    }

    public long delayedCount() {
        return delayed.size();
    }

    /// How many of those that wait are due within each of these times, and not within the one before.
    ///
    /// @param withinMillis ascending, the last one `Long.MAX_VALUE`
    public long[] waits(long nowMillis, long[] withinMillis) {
        return delayed.counts(nowMillis, withinMillis);
    }

    public Collection<Dying> dying() {
        return Collections.unmodifiableCollection(dying);
    }

    /// How the messages that are not dying have failed.
    public Failures failures() {
        return failures;
    }

    public Remembered remembered() {
        return remembered;
    }

    /// How far the part has come with moving messages.
    public RedriveState redrive() {
        return redrive;
    }

    /// How many are on their way because they are moved.
    public int redriving() {
        int count = 0;
        for (var one : dying) {
            count += one.reason() == Reason.REDRIVEN ? 1 : 0;
        }
        for (var held : outbox.held()) {
            for (var one : held.letters()) {
                count += one.reason() == Reason.REDRIVEN ? 1 : 0;
            }
        }
        return count;
    }

    /// All that have died and have not arrived everywhere, some maybe counted for each target that refuses them.
    public int dyingCount() {
        return dying.size() + outbox.heldLetters();
    }

    /// Where its breaker stands.
    public BreakerState breaker() {
        return breaker.breaker();
    }

    public Outbox outbox() {
        return outbox;
    }

    /// A hand-out ends: see [ReadyMessages#round].
    public void round() {
        ready.round();
    }

    /// Whether a message is ready; of those that were never handed out perhaps one that is not there. Holes in front must have been [#passed].
    public boolean isReady(long offset, long highWatermark) {
        return ready.isReady(offset, highWatermark);
    }

    /// Whether a message waits for its time. Looks at all that do.
    public boolean isDelayed(long offset) {
        return delayed.contains(offset);
    }

    /// Whether that message may be handed out now, wherever it stands: with keys that are strict not while one of its key is out. Holes in front must have
    /// been [#passed].
    ///
    /// @param key its key
    public boolean findAt(long offset, long key, long highWatermark) {
        return ready.findAt(offset, key, highWatermark);
    }

    /// Looks for the first ready message; [#foundFirst], [#foundLast] and [#foundReturned] then say which. Holes in front must have been
    /// [#passed].
    public boolean find(long highWatermark) {
        return ready.find(highWatermark);
    }

    public long foundFirst() {
        return ready.foundFirst();
    }

    public long foundLast() {
        return ready.foundLast();
    }

    /// Whether the first one was out before, counted or not.
    public boolean foundWasOut() {
        return Note.wasOut(ready.foundNote());
    }

    /// How often the first one came back.
    public int foundReturned() {
        return Note.returned(ready.foundNote());
    }

    /// A delayed message that `fresh` stands at; -1 when there is none.
    public long holeInFront() {
        return ready.holeInFront();
    }

    /// When the first delayed message is due, wall clock; `Long.MAX_VALUE` when there is none.
    public long nextDueMillis() {
        return delayed.firstDue();
    }

    /// When the first lease may end by itself, wall clock; `Long.MAX_VALUE` when none will.
    public long nextDeadlineMillis() {
        while (!deadlines.isEmpty() && !isCurrent(deadlines.firstDue(), deadlines.firstOffset())) {
            deadlines.removeFirst();
        }
        return deadlines.firstDue();
    }

    /// The lease whose deadline is [#nextDeadlineMillis].
    public long nextDeadlineOffset() {
        return deadlines.firstOffset();
    }

    /// Everything before it is gone. Looks at all leases and delayed messages.
    public long floor(long highWatermark) {
        long floor = Math.min(ready.smallestOffset(), highWatermark);
        floor = Math.min(floor, leases.smallestOffset());
        floor = Math.min(floor, delayed.smallestOffset());
        for (var one : dying) {
            floor = Math.min(floor, one.offset());
        }
        for (var held : outbox.held()) {
            for (var one : held.letters()) {
                floor = Math.min(floor, one.offset());
            }
        }
        return floor;
    }

    /// How many messages are out of the ordinary: what lies before [#fresh] and is none of them is gone.
    public long exceptions() {
        return ready.returnedCount() + leases.size() + delayed.size() + dyingCount();
    }

    /// The offsets of those that lie before `end`, in no order. Without priorities.
    public long[] exceptionsBefore(long end) {
        var offsets = LongStream.builder();
        ready.forEachReturned((_, offset, _) -> offsets.add(offset));
        leases.forEach((offset, _, _, _, _) -> offsets.add(offset));
        delayed.forEach((_, offset, _) -> offsets.add(offset));
        dying.forEach(one -> offsets.add(one.offset()));
        outbox.held().forEach(held -> held.letters().forEach(one -> offsets.add(one.offset())));
        return offsets.build().filter(offset -> offset < end).toArray();
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
            deadline(offset, deadlineMillis);
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
        for (int left = Math.min(count, dying.size()); left > 0; left--) {
            dying.remove();
        }
        outbox.ended();
    }

    /// What that target was to get of the round under way waits by itself from now on.
    public void held(PartitionId target) {
        outbox.hold(target, List.copyOf(dying));
    }

    /// The target has what waited longest for it.
    public void taken(PartitionId target) {
        outbox.taken(target);
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

    ReadyMessages readyOnes() {
        return ready;
    }

    List<SnapshotSection> sections() {
        return List.of(failuresSection, breaker, redrive);
    }

    /// As a snapshot has them, which reads those who are dying before.
    void restoreHistories(Map<Long, FailureHistory> histories) {
        UnaryOperator<Dying> known =
                one ->
                        new Dying(
                                one.offset(),
                                one.reason(),
                                one.sinceMillis(),
                                one.note(),
                                histories.getOrDefault(one.offset(), one.history()));
        var all = dying.stream().map(known).toList();
        dying.clear();
        dying.addAll(all);
        outbox.changeHeld(known);
    }

    DueHeap delayedOnes() {
        return delayed;
    }

    ArrayDeque<Dying> dyingOnes() {
        return dying;
    }

    void restoreLease(long offset, Holder holder, long deadlineMillis, int note, int bytes) {
        leases.add(offset, holder, deadlineMillis, note, bytes);
        deadline(offset, deadlineMillis);
    }

    /// Deadlines of leases that ended stay in the heap until they come up, or until they are more than those that did not.
    private void deadline(long offset, long deadlineMillis) {
        if (deadlineMillis <= 0) {
            return;
        }
        if (deadlines.size() < 2 * leases.size() + STALE_DEADLINES) {
            deadlines.add(deadlineMillis, offset, 0);
        } else {
            deadlines.replaceBy(leases);
        }
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

    private boolean isCurrent(long dueMillis, long offset) {
        int slot = leases.find(offset);
        return slot >= 0 && leases.deadlineMillis(slot) == dueMillis;
    }
}
