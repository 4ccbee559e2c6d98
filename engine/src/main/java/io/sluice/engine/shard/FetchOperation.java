package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A fetch travels from shard to shard over those that own what it wants, so that only one thread at a time holds it.
///
/// ```text
///   LOOKING ──enough, refused, or no wait──▶ reply
///      │ too little: what was read is given back
///      ▼
///   ENTERING: gets in line at every partition; the last shard sets the timer
///      │
///      ▼
///   WAITING ──grown enough, time is up, hurried──▶ ENDING: leaves the lines, reads afresh ──▶ reply
/// ```
///
/// Nobody holds a waiting fetch: a partition that grew, the timer and the client's hurry meet in `state`, and who wins holds
/// it from then on. A wait at the end of the log reads nothing: it costs places in lines and a timer.
final class FetchOperation implements Command {
    private static final int LOOKING = 0;
    private static final int ENTERING = 1;
    private static final int WAITING = 2;
    private static final int ENDING = 3;
    private static final int OVER = 4;

    private final Fetch fetch;
    private final Reply<List<Fetch.Answer>> reply;
    private final ShardMap shards;
    private final int[] owners;
    private final int[] route;
    private final long minBytes;
    private final FetchReading reading;
    private final Waiters.@Nullable Waiter[] places;
    private final TimerWheel.Timer timer = TimerWheel.Timer.of(this::timeIsUp);

    private final AtomicInteger state = new AtomicInteger(LOOKING);
    private final AtomicLong available = new AtomicLong();
    private volatile boolean hurried;

    private int at;
    private int shardsLeft;
    private long deadlineMillis = Long.MIN_VALUE;
    private @Nullable Shard timed;

    FetchOperation(Fetch fetch, Reply<List<Fetch.Answer>> reply, ShardMap shards) {
        this.fetch = fetch;
        this.reply = reply;
        this.shards = shards;
        this.owners = new int[fetch.wants().size()];
        this.route = route(fetch, shards, owners);
        this.minBytes = Math.min(fetch.minBytes(), fetch.maxBytes());
        this.reading = new FetchReading(fetch);
        this.places = new Waiters.Waiter[owners.length];
        this.shardsLeft = route.length;
    }

    /// Notes the owner of every want.
    ///
    /// @return the shards to visit, each once
    private static int[] route(Fetch fetch, ShardMap shards, int[] owners) {
        var seen = new boolean[shards.all().size()];
        int count = 0;
        for (int want = 0; want < owners.length; want++) {
            owners[want] = shards.index(fetch.wants().get(want).partition());
            if (!seen[owners[want]]) {
                seen[owners[want]] = true;
                count++;
            }
        }
        var route = new int[count];
        for (int shard = 0, at = 0; shard < seen.length; shard++) {
            if (seen[shard]) {
                route[at++] = shard;
            }
        }
        return route;
    }

    /// Sets out.
    void begin() {
        if (route.length == 0) {
            reply.done(List.of());
        } else {
            shards.at(route[0]).mailbox().put(this);
        }
    }

    @Override
    public void run(Shard shard) {
        while (true) {
            visit(shard);
            shardsLeft--;
            if (shardsLeft > 0) {
                at = (at + 1) % route.length;
                travelOn();
                return;
            }
            if (!goesOn(shard)) {
                return;
            }
            shardsLeft = route.length;
        }
    }

    @Override
    public void refuse(BrokerError error) {
        reading.refuseRest(error);
        state.set(OVER);
        reply.done(reading.answers());
    }

    /// The client does not want to wait any longer. On any thread.
    void end() {
        if (hurry()) {
            at = 0;
            shardsLeft = route.length;
            travelOn();
        }
    }

    /// A partition that this fetch waits for has `bytes` more to read.
    ///
    /// @return true when the wait has ended by this: the caller runs [#resume]
    boolean grew(long bytes) {
        return available.addAndGet(bytes) >= minBytes && take();
    }

    /// The wait is to end, or not to begin.
    ///
    /// @return true when it has ended by this: the caller runs [#resume]
    boolean hurry() {
        hurried = true;
        return take();
    }

    /// Goes on where the wait has ended.
    void resume(Shard shard) {
        at = 0;
        while (route[at] != shard.index()) {
            at++;
        }
        shardsLeft = route.length;
        run(shard);
    }

    /// True when it was answered: a place in line that is left of it means nothing.
    boolean isOver() {
        return state.get() == OVER;
    }

    private void visit(Shard shard) {
        if (deadlineMillis == Long.MIN_VALUE) {
            deadlineMillis = shard.monotonicMillis() + Math.max(0, fetch.maxWaitMillis());
        }
        for (int want = 0; want < owners.length; want++) {
            if (owners[want] == shard.index()) {
                visit(shard, want);
            }
        }
        if (state.get() == ENDING && timed == shard) {
            shard.timers().cancel(timer);
        }
    }

    private void visit(Shard shard, int want) {
        switch (state.get()) {
            case ENTERING -> enter(want, shard);
            case ENDING -> {
                leave(want);
                reading.read(want, shard);
            }
            default -> reading.read(want, shard);
        }
    }

    private void enter(int want, Shard shard) {
        var hosted = shard.partition(fetch.wants().get(want).partition());
        if (hosted == null) {
            hurried = true;
        } else {
            places[want] = hosted.waiters.enter(this);
            available.addAndGet(hosted.partition().readable(fetch.wants().get(want).offset()));
        }
    }

    private void leave(int want) {
        var place = places[want];
        if (place != null) {
            place.leave();
            places[want] = null;
        }
    }

    /// All shards were visited: what now?
    ///
    /// @return whether to go round again
    private boolean goesOn(Shard shard) {
        return switch (state.get()) {
            case LOOKING -> {
                if (mayWait(shard)) {
                    reading.discard();
                    state.set(ENTERING);
                    yield true;
                }
                tell(shard);
                yield false;
            }
            case ENTERING -> {
                timed = shard;
                shard.timers().schedule(timer, deadlineMillis);
                state.set(WAITING);
                yield (hurried || available.get() >= minBytes) && take();
            }
            default -> {
                tell(shard);
                yield false;
            }
        };
    }

    private boolean mayWait(Shard shard) {
        return !hurried
                && !reading.refusedAny()
                && reading.foundBytes() < minBytes
                && shard.monotonicMillis() < deadlineMillis
                && !shard.isStopping();
    }

    private void tell(Shard shard) {
        state.set(OVER);
        shard.counters().fetched(reading.foundBytes());
        reply.done(reading.answers());
    }

    private void timeIsUp() {
        var shard = timed;
        if (shard != null && take()) {
            resume(shard);
        }
    }

    private boolean take() {
        return state.compareAndSet(WAITING, ENDING);
    }

    private void travelOn() {
        if (!shards.at(route[at]).mailbox().putInternal(this)) {
            refuse(
                    new BrokerError.Overloaded(
                            "a shard has no room for the rest of a fetch; try again"));
        }
    }
}
