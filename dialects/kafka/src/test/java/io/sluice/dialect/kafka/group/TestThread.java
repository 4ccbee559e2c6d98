package io.sluice.dialect.kafka.group;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A thread for coordinators, as the server lends one.
final class TestThread implements CoordinatorThread, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("groups").factory());

    @Override
    public void execute(Runnable task) {
        later(task, 0);
    }

    @Override
    public void later(Runnable task, long delayMillis) {
        if (!executor.isShutdown()) {
            executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    /// Tasks that wait, also those of which nothing will come.
    int waiting() {
        return executor.getQueue().size();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
