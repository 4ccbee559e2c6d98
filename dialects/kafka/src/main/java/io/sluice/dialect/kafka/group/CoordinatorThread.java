package io.sluice.dialect.kafka.group;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread beside the shards that group coordination has: it starts coordinators, replays their logs, tells them of
/// topics, computes what is too long for a shard, and sounds the timers. It is lent by the server, which stops it.
final class CoordinatorThread extends AbstractExecutorService {
    private static final Logger log = LoggerFactory.getLogger(CoordinatorThread.class);

    private final ScheduledExecutorService thread;

    /// @param thread has exactly one thread
    CoordinatorThread(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /// Runs `task` on the thread; after the server has stopped the thread, nothing happens.
    @Override
    public void execute(Runnable task) {
        later(task, 0);
    }

    /// The same, no sooner than in `delayMillis`.
    void later(Runnable task, long delayMillis) {
        try {
            thread.schedule(() -> guarded(task), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            log.debug("the group coordinator's thread has stopped", stopped);
        }
    }

    /// An executor would keep a failure to itself.
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError failed) {
            log.error("group coordination failed at {}", task, failed);
        }
    }

    /// Kafka's coordinator stops its executor with itself; this one is not its own.
    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return thread.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return thread.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return thread.awaitTermination(timeout, unit);
    }
}
