package io.sluice.server;

import io.sluice.dialect.kafka.group.CoordinatorThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that the Kafka dialect's group coordination is lent. It does not exist before its first task.
final class GroupsThread implements CoordinatorThread, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupsThread.class);

    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("kafka-groups").factory());

    @Override
    public void execute(Runnable task) {
        later(task, 0);
    }

    @Override
    public void later(Runnable task, long delayMillis) {
        try {
            executor.schedule(() -> run(task), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            log.debug("the groups' thread has stopped", stopped);
        }
    }

    /// An executor would keep a failure to itself.
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError failed) {
            log.error("group coordination failed", failed);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
