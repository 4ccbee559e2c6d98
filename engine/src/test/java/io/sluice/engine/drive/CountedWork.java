package io.sluice.engine.drive;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Work of a driver in a test: counts what it was offered, one per turn.
final class CountedWork implements Driven {
    private static final Set<Thread.State> SLEEPING =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
    private final SetClock clock;
    final AtomicInteger turns = new AtomicInteger();
    final AtomicInteger offered = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    final AtomicLong due = new AtomicLong(NEVER);
    final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean busy = new AtomicBoolean();
    volatile boolean crowded;
    volatile boolean finished;
    volatile boolean much;
    volatile @Nullable Runnable whenNothing;
    volatile long turnNanos;
    private volatile @Nullable Thread first;

    CountedWork(SetClock clock) {
        this.clock = clock;
    }

    void offer() {
        offered.incrementAndGet();
    }

    @Override
    public boolean turn() {
        crowded |= !busy.compareAndSet(false, true);
        if (first == null) {
            first = Thread.currentThread();
        }
        try {
            return work();
        } finally {
            busy.set(false);
            turns.incrementAndGet();
        }
    }

    private boolean work() {
        long dueNanos = due.get();
        if (dueNanos != NEVER && clock.nanos() >= dueNanos) {
            due.set(NEVER);
            offer();
        }
        if (done.get() == offered.get()) {
            var once = whenNothing;
            if (once != null) {
                whenNothing = null;
                once.run();
            }
            return false;
        }
        threads.add(Thread.currentThread().getName());
        clock.pass(turnNanos);
        synchronized (this) {
            done.incrementAndGet();
            notifyAll();
        }
        return true;
    }

    /// Until the driver's own thread, which takes the first turn of all, sleeps.
    void awaitSleepingDriver() {
        awaitThat(
                () -> {
                    var own = first;
                    return own != null && SLEEPING.contains(own.getState());
                });
    }

    void awaitTurn(int count) {
        awaitThat(() -> turns.get() >= count);
    }

    /// The test's time limit ends a wait for what does not come.
    private static void awaitThat(BooleanSupplier condition) {
        while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(20_000);
        }
    }

    /// The test's time limit ends a wait for what does not come.
    synchronized void await(int count) {
        try {
            while (done.get() < count) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("only " + done + " of " + count, e);
        }
    }

    @Override
    public long idleNanos() {
        long dueNanos = due.get();
        return dueNanos == NEVER ? NEVER : Math.max(0, dueNanos - clock.nanos());
    }

    @Override
    public boolean isLittle() {
        return !much;
    }

    @Override
    public boolean finished() {
        return finished && done.get() > 0;
    }
}
