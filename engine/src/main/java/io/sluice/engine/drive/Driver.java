package io.sluice.engine.drive;

import io.sluice.base.Clock;
import io.sluice.base.Host;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Takes the turns of one [Driven], one thread at a time: a [Host] that rings where turns are short, its own thread otherwise.
///
/// ```text
///             ring: somebody is asked            no turn found anything
///        ┌─────────────────────────────▶ TURNING ──────────────────────▶ IDLE
///       IDLE                              │   ▲
///                                    ring │   │ one more turn
///                                         ▼   │
///                                         RUNG
/// ```
///
/// A light load is then served by the thread that brought it, from the request to the answer, and no thread is woken on the way. A host
/// takes few turns and hands over what is left: a heavy load wakes the own thread once, and keeps it busy beside the hosts. When turns are long
/// on average, because the disk is slow or much is to be read, hosts take none.
public final class Driver implements Bell {
    private static final int IDLE = 0;
    private static final int TURNING = 1;
    private static final int RUNG = 2;
    private static final int ENDED = 3;

    /// A host takes no turns while they take longer than this on average.
    private static final long LONG_NANOS = 500_000;

    /// A host is kept from its own work no longer than this and the last turn, but for two turns at least: the second one most often finds
    /// that there is no more.
    private static final long HOSTED_NANOS = 200_000;

    private static final int HOSTED_TURNS = 8;

    private static final int YIELDS = 8;

    /// Nobody is woken for the sake of less: what is due is due within a millisecond.
    private static final long SLACK_NANOS = 100_000;

    /// [#sleepsUntil] of a thread that does not sleep.
    private static final long AWAKE = -1;

    private final Driven driven;
    private final boolean hosted;
    private final Clock clock;
    private final long originNanos;
    private final Thread thread;
    private final Runnable visit = this::visit;
    private final AtomicInteger state = new AtomicInteger(IDLE);

    /// The own thread is to take turns.
    private volatile boolean wanted;

    /// A host that did not ring is to take turns.
    private volatile boolean called;

    /// Who hosted last.
    private volatile @Nullable Host host;

    /// When a turn is due without a bell.
    private volatile long dueNanos = Driven.NEVER;

    private volatile long sleepsUntil = AWAKE;
    private volatile boolean heavy;
    private volatile boolean stopping;

    /// How long turns take on average, the last ones more than those before. Of whoever takes turns.
    private long averageNanos;

    private Driver(String name, Driven driven, boolean hosted, Clock clock) {
        this.driven = driven;
        this.hosted = hosted;
        this.clock = clock;
        this.originNanos = clock.nanos();
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::drive);
    }

    /// Drives `driven` from now on by a thread of its own, and by hosts.
    public static Driver start(String name, Driven driven) {
        return start(name, driven, Clock.system());
    }

    /// [#start(String, Driven)] by another clock: it tells how long turns take and when one is due, while threads sleep by the machine's.
    static Driver start(String name, Driven driven, Clock clock) {
        return start(new Driver(name, driven, true, clock));
    }

    /// Drives `driven` from now on by a thread of its own alone.
    public static Driver startUnhosted(String name, Driven driven) {
        return start(new Driver(name, driven, false, Clock.system()));
    }

    private static Driver start(Driver driver) {
        driver.thread.start();
        return driver;
    }

    // ---- bells

    @Override
    public void ring() {
        ring(hosted && !heavy);
    }

    @Override
    public void insist() {
        ring(false);
    }

    private void ring(boolean hostMay) {
        // Whoever rests says so and then sees that it was rung meanwhile, or the bell sees that it
        // rests.
        VarHandle.fullFence();
        while (true) {
            switch (state.get()) {
                case IDLE -> {
                    if (!(hostMay && callHost())) {
                        wake();
                    }
                    return;
                }
                case TURNING -> {
                    if (state.compareAndSet(TURNING, RUNG)) {
                        return;
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    private boolean callHost() {
        var here = Host.current();
        if (here != null) {
            return here.afterwards(visit);
        }
        var last = host;
        if (last == null) {
            return false;
        }
        if (called) {
            return true;
        }
        called = true;
        if (last.afterwards(visit)) {
            return true;
        }
        called = false;
        return false;
    }

    private void wake() {
        wanted = true;
        if (sleepsUntil != AWAKE) {
            LockSupport.unpark(thread);
        }
    }

    // ---- turns

    /// A host's work: some turns.
    private void visit() {
        called = false;
        if (!driven.isLittle()) {
            insist();
            return;
        }
        if (!begin()) {
            return;
        }
        host = Host.current();
        long start = nanos();
        for (int turns = 1; true; turns++) {
            boolean any = turn();
            if (ended() || (!any && rest())) {
                return;
            }
            boolean enough = turns > 1 && nanos() - start > HOSTED_NANOS;
            if (enough || turns == HOSTED_TURNS) {
                handOver();
                return;
            }
        }
    }

    private void handOver() {
        state.set(IDLE);
        wake();
    }

    /// The own thread's work: turns while there is something to do.
    private void drive() {
        while (state.get() != ENDED) {
            wanted = false;
            if (begin()) {
                boolean any = turn();
                while (!ended() && (any || !rest())) {
                    any = turn();
                }
            }
            sleep();
        }
    }

    private boolean begin() {
        return state.compareAndSet(IDLE, TURNING);
    }

    private boolean turn() {
        if (stopping) {
            return false;
        }
        long before = nanos();
        boolean any = driven.turn();
        if (any) {
            long took = Math.min(nanos() - before, 8 * LONG_NANOS);
            averageNanos += (took - averageNanos) / 8;
            heavy = averageNanos > LONG_NANOS;
        }
        return any;
    }

    /// @return false when it was rung since the last turn began
    private boolean rest() {
        long idle = driven.idleNanos();
        long due = idle == Driven.NEVER ? idle : nanos() + idle;
        dueNanos = due;
        if (!state.compareAndSet(TURNING, IDLE)) {
            state.set(TURNING);
            return false;
        }
        if (due < sleepsUntil - SLACK_NANOS) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    private boolean ended() {
        if (!driven.finished()) {
            return false;
        }
        state.set(ENDED);
        LockSupport.unpark(thread);
        return true;
    }

    // ---- sleep

    /// Until it is wanted, or something is due that nobody else is at.
    private void sleep() {
        giveWay();
        while (!wanted) {
            long until = state.get() == IDLE ? dueNanos : Driven.NEVER;
            if (until != Driven.NEVER && until <= nanos()) {
                return;
            }
            sleepsUntil = until;
            boolean unchanged = until == (state.get() == IDLE ? dueNanos : Driven.NEVER);
            if (!wanted && unchanged && state.get() != ENDED) {
                park(until);
            }
            sleepsUntil = AWAKE;
            if (state.get() == ENDED) {
                return;
            }
        }
    }

    /// Under load those who get their turn bring more work most often: nobody then pays for waking this thread.
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it only saves wakings
    private void giveWay() {
        for (int i = 0; i < YIELDS && !wanted; i++) {
            Thread.yield();
        }
    }

    private void park(long until) {
        if (until == Driven.NEVER) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, Math.max(1, until - nanos()));
        }
    }

    private long nanos() {
        return clock.nanos() - originNanos;
    }

    // ---- the end

    /// Ends the turns after the present one; nobody takes one any more when this returns. Not from within a turn.
    public void stop() {
        stopping = true;
        while (state.get() != ENDED && !state.compareAndSet(IDLE, ENDED)) {
            LockSupport.parkNanos(this, 50_000);
        }
        var interrupted = false;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            try {
                thread.join(1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
