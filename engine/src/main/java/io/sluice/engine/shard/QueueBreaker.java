package io.sluice.engine.shard;

import io.sluice.broker.policy.Breaker;
import io.sluice.broker.policy.BreakerPolicy;
import io.sluice.broker.policy.BreakerTransition;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The breaker of a queue's part: tells it how deliveries end, and takes its steps, each with its fact. Only queues whose policy asks for one have it, and those
/// that somebody has opened.
///
/// A probe is the one message that is out while it is half open. It has succeeded or failed as any delivery; when its lease goes otherwise, it has failed.
///
/// Owned by its shard's loop.
final class QueueBreaker {
    private static final Logger log = LoggerFactory.getLogger(QueueBreaker.class);
    private static final long NO_PROBE = -1;

    private final Shard shard;
    private final HostedQueue queue;
    private final Breaker breaker;
    private final boolean timed;
    private long probe = NO_PROBE;

    /// The probe that has failed, while it is on its way back.
    private long failedProbe = NO_PROBE;

    private boolean counts = true;

    /// As the breaker says; here it is read for every message.
    private boolean closed;

    /// Deliveries that went well and are not in the breaker's window yet: they go there together, before anything else happens.
    private int fine;

    private QueueBreaker(Shard shard, HostedQueue queue, BreakerPolicy policy) {
        this.shard = shard;
        this.queue = queue;
        this.breaker = new Breaker(policy, queue.state().breaker());
        this.timed = policy.slowPercent() > 0;
        this.closed = breaker.isClosed();
        queue.state().leases().timed(timed);
    }

    /// The queue has come, or its policy may have changed: it gets the breaker that it needs now, if any. A new policy begins with an empty window.
    static void follow(Shard shard, HostedQueue queue) {
        var policy = queue.settings().policy().breaker();
        var before = queue.breaker;
        if (before != null && before.breaker.policy().equals(policy)) {
            return;
        }
        if (!policy.isOn() && isOpenByItself(queue.state().breaker().state())) {
            before = before == null ? new QueueBreaker(shard, queue, policy) : before;
            before.step(
                    new BreakerTransition.Closed(shard.nowMillis(), 0),
                    "nothing opens it any more");
        }
        queue.breaker = needed(queue, policy) ? new QueueBreaker(shard, queue, policy) : null;
        if (queue.breaker == null) {
            queue.state().leases().timed(false);
        } else if (before != null && before.probe != NO_PROBE) {
            queue.breaker.probe(before.probe);
        }
    }

    /// What went well so far is counted.
    private void count() {
        if (fine > 0) {
            int calls = fine;
            fine = 0;
            step(breaker.succeeded(calls, shard.nowMillis()));
        }
    }

    private static boolean isOpenByItself(State state) {
        return state == State.OPEN || state == State.HALF_OPEN;
    }

    private static boolean needed(HostedQueue queue, BreakerPolicy policy) {
        return policy.isOn() || queue.state().breaker().state() != State.CLOSED;
    }

    /// Does what somebody wants, and shows what there is then.
    static BreakerView wish(Shard shard, HostedQueue queue, BreakerView.Wish wish) {
        if (queue.breaker != null) {
            queue.breaker.count();
        }
        switch (wish) {
            case LOOK -> {}
            case OPEN -> {
                if (queue.breaker == null) {
                    queue.breaker =
                            new QueueBreaker(shard, queue, queue.settings().policy().breaker());
                }
                queue.breaker.step(queue.breaker.breaker.forced(shard.nowMillis()));
            }
            case CLOSE -> {
                if (queue.breaker != null) {
                    queue.breaker.step(
                            queue.breaker.breaker.closed(shard.nowMillis()), "closed by hand");
                    if (!needed(queue, queue.settings().policy().breaker())) {
                        queue.breaker = null;
                    }
                }
            }
        }
        return view(queue, shard.nowMillis());
    }

    static BreakerView view(HostedQueue queue, long nowMillis) {
        long openings = queue.counts().breakerOpenings;
        if (queue.breaker != null) {
            queue.breaker.count();
            return queue.breaker.breaker.view(nowMillis, openings);
        }
        var stands = queue.state().breaker();
        return new BreakerView(
                stands.state(), stands.reason(), stands.sinceMillis(), 0, 0, 0, 0, openings);
    }

    /// Does what is no fault of anybody who consumes.
    static void withoutCounting(HostedQueue queue, Runnable action) {
        var breaker = queue.breaker;
        if (breaker == null) {
            action.run();
            return;
        }
        breaker.counts = false;
        action.run();
        breaker.counts = true;
    }

    // ---- what it lets through

    /// How many messages may be handed out now.
    int room() {
        return closed ? Integer.MAX_VALUE : breaker.room();
    }

    boolean isOpen() {
        return breaker.isOpen();
    }

    boolean isClosed() {
        return closed;
    }

    /// When it lets probes through by itself, wall clock; `Long.MAX_VALUE`: it does not, or does already.
    long nextMillis() {
        return breaker.state().state() == State.OPEN
                ? breaker.state().untilMillis()
                : Long.MAX_VALUE;
    }

    // ---- what happens

    /// Time has passed, and leases may have gone.
    void look() {
        count();
        if (probe != NO_PROBE && queue.state().leases().find(probe) < 0) {
            probe = NO_PROBE;
            step(breaker.probed(true, shard.nowMillis()));
        }
        step(breaker.passed(shard.nowMillis()), "its time has come");
    }

    /// A message was handed out and is leased now.
    void handed(long offset) {
        if (timed) {
            queue.state().leases().latestBegunMillis(shard.nowMillis());
        }
        if (!closed) {
            probe(offset);
        }
    }

    /// A message was handed out that counts as settled at once.
    void handedForGood() {
        if (closed) {
            fine++;
        } else {
            breaker.probes();
            step(breaker.probed(false, shard.nowMillis()));
        }
    }

    private void probe(long offset) {
        breaker.probes();
        probe = offset;
    }

    /// A leased message was done with, and is leased still.
    ///
    /// @param slot of its lease
    void succeeded(long offset, int slot) {
        if (closed && !(timed && isSlow(slot))) {
            fine++;
        } else {
            ended(offset, slot, false);
        }
    }

    /// A leased message could not be done with, and is leased still.
    void failed(long offset) {
        ended(offset, queue.state().leases().find(offset), true);
    }

    /// A leased message comes back without having been looked at, and is leased still.
    void untried(long offset) {
        if (offset == probe) {
            probe = NO_PROBE;
            breaker.unprobed();
        }
    }

    /// Who had a leased message is gone, which does not count but for a probe. It is leased still.
    void lost(long offset) {
        if (offset == probe) {
            failed(offset);
        }
    }

    /// When a message that comes back is ready again. A probe that has failed waits until others have had their chance, if there are any: one that always fails
    /// must not keep its queue open for ever.
    ///
    /// @param dueMillis when it would be, wall clock; 0: at once
    long dueMillis(long offset, long dueMillis) {
        if (offset != failedProbe) {
            return dueMillis;
        }
        failedProbe = NO_PROBE;
        long until = breaker.state().untilMillis();
        return until == 0 || queue.ready() == 0
                ? dueMillis
                : Math.max(dueMillis, until + breaker.policy().openMillis());
    }

    /// A message that somebody had has become a dead letter.
    void died() {
        if (!counts) {
            return;
        }
        step(breaker.died(shard.nowMillis()));
    }

    private void ended(long offset, int slot, boolean failed) {
        if (!counts) {
            return;
        }
        count();
        boolean slow = timed && slot >= 0 && isSlow(slot);
        if (offset == probe) {
            probe = NO_PROBE;
            failedProbe = failed ? offset : NO_PROBE;
            step(breaker.probed(failed || slow, shard.nowMillis()));
        } else {
            step(breaker.ended(failed, slow, shard.nowMillis()));
        }
    }

    private boolean isSlow(int slot) {
        long begun = queue.state().leases().begunMillis(slot);
        return begun > 0 && breaker.isSlow(shard.nowMillis() - begun);
    }

    private void step(@Nullable BreakerTransition transition) {
        if (transition != null) {
            step(
                    transition,
                    switch (transition) {
                        case BreakerTransition.Opened opened -> opened.reason();
                        case BreakerTransition.HalfOpened _ -> "its time has come";
                        case BreakerTransition.Closed(long _, int probes) ->
                                probes + " probes succeeded";
                    });
        }
    }

    private void step(@Nullable BreakerTransition transition, String why) {
        if (transition == null) {
            return;
        }
        var from = breaker.state().state();
        queue.state().breaker(transition);
        queue.facts().breaker(transition);
        breaker.apply(transition);
        closed = breaker.isClosed();
        probe = NO_PROBE;
        if (transition instanceof BreakerTransition.Opened) {
            queue.counts().breakerOpenings++;
        }
        // It is rare, and must not be forgotten by a crash.
        queue.journalWaiters().whenDurable(_ -> {});
        var view = breaker.view(shard.nowMillis(), queue.counts().breakerOpenings);
        log.info(
                "breaker of queue {} part {}: {}, was {}: {}",
                queue.definition().name(),
                queue.part().index(),
                BreakerEvent.word(view.state()),
                BreakerEvent.word(from),
                why);
        shard.queues()
                .events()
                .publish(new BreakerEvent(queue, shard.nowMillis(), from, view, why));
        shard.queues().look(queue);
        if (transition instanceof BreakerTransition.Closed(long _, int probes) && probes > 0) {
            shard.queues().breakerClosed(queue);
        }
    }
}
