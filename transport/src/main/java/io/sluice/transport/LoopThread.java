package io.sluice.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.sluice.base.Host;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread of an event loop, which hosts work of others behind its reads and tasks.
///
/// ```text
///   reads of all connections ──▶ tasks: answers, timers ──▶ guests ──▶ reads ...
/// ```
final class LoopThread extends FastThreadLocalThread implements Host {
    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);

    /// After so many the sockets are looked at again.
    private static final int GUESTS_PER_ROUND = 8;

    private final Supplier<EventLoopGroup> group;
    private final ArrayDeque<Runnable> guests = new ArrayDeque<>();
    private volatile @Nullable SingleThreadEventLoop loop;
    private boolean roundDue;
    private boolean hosting;

    private LoopThread(Supplier<EventLoopGroup> group, Runnable run, String name) {
        super(run, name);
        this.group = group;
    }

    /// Makes the threads of one group.
    ///
    /// @param group asked once its first thread runs
    static ThreadFactory factory(Supplier<EventLoopGroup> group) {
        var number = new AtomicInteger();
        return run -> new LoopThread(group, run, "transport-" + number.getAndIncrement());
    }

    /// Whether the caller is a guest on a loop's thread: what it says to a connection of that loop waits until it has left.
    static boolean isHosting() {
        return Thread.currentThread() instanceof LoopThread here && here.hosting;
    }

    @Override
    public boolean afterwards(Runnable work) {
        try {
            if (Thread.currentThread() == this) {
                invite(work);
            } else {
                var known = loop;
                if (known == null || known.isShuttingDown()) {
                    return false;
                }
                known.execute(() -> arrived(work));
            }
            return true;
        } catch (RejectedExecutionException loopIsGone) {
            return false;
        }
    }

    private void arrived(Runnable work) {
        if (!afterwards(work)) {
            host(work);
        }
    }

    private void invite(Runnable work) {
        if (guests.contains(work)) {
            return;
        }
        if (!roundDue && !hosting) {
            loop().executeAfterEventLoopIteration(this::round);
            roundDue = true;
        }
        guests.add(work);
    }

    private void round() {
        roundDue = false;
        for (int left = GUESTS_PER_ROUND; left > 0 && !guests.isEmpty(); left--) {
            host(guests.remove());
        }
        if (!guests.isEmpty()) {
            nextRound();
        }
    }

    /// Behind the reads that come first.
    private void nextRound() {
        roundDue = true;
        try {
            loop().execute(this::endOfIteration);
        } catch (RejectedExecutionException loopEnds) {
            round();
        }
    }

    private void endOfIteration() {
        try {
            loop().executeAfterEventLoopIteration(this::round);
        } catch (RejectedExecutionException loopEnds) {
            round();
        }
    }

    private void host(Runnable guest) {
        hosting = true;
        try {
            guest.run();
        } catch (RuntimeException | Error e) {
            log.error("a guest of {} failed", getName(), e);
        } finally {
            hosting = false;
        }
    }

    private SingleThreadEventLoop loop() {
        var known = loop;
        if (known == null) {
            for (var one : group.get()) {
                if (one.inEventLoop()) {
                    known = (SingleThreadEventLoop) one;
                }
            }
            assert known != null : "a loop's thread runs its loop";
            loop = known;
        }
        return known;
    }
}
