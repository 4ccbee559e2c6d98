package io.sluice.dialect.kafka.group;

import io.sluice.base.Clock;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.server.util.timer.Timer;
import org.apache.kafka.server.util.timer.TimerTask;
import org.apache.kafka.server.util.timer.TimerTaskEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The coordinator's alarm clock: session deadlines, rebalance delays, write timeouts.
///
/// Nearly every timer of a coordinator is cancelled long before its time (each write sets one, each heartbeat sets one
/// again), and Kafka's task says so only when asked. So new entries lie in a queue, where most of them die, and are sorted by
/// the timer's thread only when something is due or the queue has grown long. That thread sleeps until the earliest
/// entry; with nothing scheduled it never wakes.
///
/// [#add] may be called on any thread; the heap belongs to the one thread of `thread`.
final class CoordinatorTimer implements Timer {
    private static final Logger log = LoggerFactory.getLogger(CoordinatorTimer.class);

    /// So many unsorted entries make the thread look which of them are still wanted.
    private static final int ARRIVALS_MAX = 4096;

    private static final long NEVER = Long.MAX_VALUE;

    private final Clock clock;
    private final CoordinatorThread thread;

    private final ConcurrentLinkedQueue<TimerTaskEntry> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrived = new AtomicInteger();

    /// When the thread wakes next. Only the wake-up that finds its own time here does anything.
    private final AtomicLong wakeMillis = new AtomicLong(NEVER);

    private final AtomicBoolean closed = new AtomicBoolean();

    private final PriorityQueue<TimerTaskEntry> sorted =
            new PriorityQueue<>(Comparator.comparingLong(entry -> entry.expirationMs));

    /// The heap is swept of cancelled entries when it reaches this size.
    private int sweepAt = ARRIVALS_MAX;

    CoordinatorTimer(Clock clock, CoordinatorThread thread) {
        this.clock = clock;
        this.thread = thread;
    }

    @Override
    public void add(TimerTask task) {
        if (closed.get()) {
            return;
        }
        var entry = new TimerTaskEntry(task, nowMillis() + task.delayMs);
        arrivals.add(entry);
        if (arrived.incrementAndGet() == ARRIVALS_MAX) {
            wakeAt(nowMillis());
        }
        wakeAt(entry.expirationMs);
    }

    /// Has the thread wake at `millis`, unless it wakes earlier anyway.
    private void wakeAt(long millis) {
        long planned = wakeMillis.get();
        while (millis < planned) {
            if (wakeMillis.compareAndSet(planned, millis)) {
                thread.later(() -> wake(millis), Math.max(0, millis - nowMillis()));
                return;
            }
            planned = wakeMillis.get();
        }
    }

    private void wake(long millis) {
        // From here on whoever adds an earlier entry plans its own wake-up; whatever was added
        // before is in the queue.
        if (!closed.get() && wakeMillis.compareAndSet(millis, NEVER)) {
            sort();
            runDue();
            if (!sorted.isEmpty()) {
                wakeAt(sorted.peek().expirationMs);
            }
        }
    }

    private void sort() {
        arrived.set(0);
        for (var entry = arrivals.poll(); entry != null; entry = arrivals.poll()) {
            if (!entry.cancelled()) {
                sorted.add(entry);
            }
        }
        if (sorted.size() >= sweepAt) {
            sorted.removeIf(TimerTaskEntry::cancelled);
            sweepAt = Math.max(ARRIVALS_MAX, 2 * sorted.size());
        }
    }

    private void runDue() {
        long now = nowMillis();
        for (var first = sorted.peek();
                first != null && (first.cancelled() || first.expirationMs <= now);
                first = sorted.peek()) {
            sorted.remove();
            if (!first.cancelled()) {
                run(first.timerTask);
            }
        }
    }

    private static void run(TimerTask task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            // A task only hands an event to its partition; it fails when that has stopped taking
            // them.
            log.info("a group coordinator's timer came to nothing: {}", failed.toString());
        }
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos());
    }

    /// Entries that are not known to be cancelled. Only for Kafka's interface: nobody asks.
    @Override
    public int size() {
        return arrived.get() + sorted.size();
    }

    /// The clock advances by itself here.
    @Override
    public boolean advanceClock(long timeoutMs) {
        throw new UnsupportedOperationException("this timer wakes by itself");
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
