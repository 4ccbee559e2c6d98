package io.sluice.engine.queue;

import io.sluice.broker.policy.BreakerState;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/// What one queue over one partition holds, for those that look: it changes by the facts of [QueueState] alone. Owned by its shard's loop.
public abstract sealed class QueueContents permits QueueState {
    ReadyMessages ready;
    final DueHeap delayed = new DueHeap();
    final Leases leases = new Leases();
    final LeaseDeadlines deadlines = new LeaseDeadlines(leases);
    final DyingMessages dying = new DyingMessages();
    final Remembered remembered = new Remembered();
    final BreakerSection breaker = new BreakerSection();
    final RedriveState redrive = new RedriveState();
    final Failures failures = new Failures();

    QueueContents(ReadyMessages ready) {
        this.ready = ready;
    }

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

    /// Whether [QueueState#key] was called: the first ready message need not be the first that may be handed out.
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
        return dying.line();
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
        return dying.redriving();
    }

    /// All that have died and have not arrived everywhere, some maybe counted for each target that refuses them.
    public int dyingCount() {
        return dying.count();
    }

    /// Where its breaker stands.
    public BreakerState breaker() {
        return breaker.breaker();
    }

    public Outbox outbox() {
        return dying.outbox();
    }

    /// A hand-out ends: see [ReadyMessages#round].
    public void round() {
        ready.round();
    }

    /// Whether a message is ready; of those that were never handed out perhaps one that is not there. Holes in front must have been [QueueState#passed].
    public boolean isReady(long offset, long highWatermark) {
        return ready.isReady(offset, highWatermark);
    }

    /// Whether a message waits for its time. Looks at all that do.
    public boolean isDelayed(long offset) {
        return delayed.contains(offset);
    }

    /// Whether that message may be handed out now, wherever it stands: with keys that are strict not while one of its key is out. Holes in front must have
    /// been [QueueState#passed].
    ///
    /// @param key its key
    public boolean findAt(long offset, long key, long highWatermark) {
        return ready.findAt(offset, key, highWatermark);
    }

    /// Looks for the first ready message; [#foundFirst], [#foundLast] and [#foundReturned] then say which. Holes in front must have been
    /// [QueueState#passed].
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
        return deadlines.nextMillis();
    }

    /// The lease whose deadline is [#nextDeadlineMillis].
    public long nextDeadlineOffset() {
        return deadlines.nextOffset();
    }

    /// Everything before it is gone. Looks at all leases and delayed messages.
    public long floor(long highWatermark) {
        long floor = Math.min(ready.smallestOffset(), highWatermark);
        floor = Math.min(floor, leases.smallestOffset());
        floor = Math.min(floor, delayed.smallestOffset());
        floor = Math.min(floor, dying.smallestOffset());
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
        return offsets.build().filter(offset -> offset < end).toArray();
    }

    // ---- for snapshots

    ReadyMessages readyOnes() {
        return ready;
    }

    DueHeap delayedOnes() {
        return delayed;
    }

    DyingMessages dyingOnes() {
        return dying;
    }
}
