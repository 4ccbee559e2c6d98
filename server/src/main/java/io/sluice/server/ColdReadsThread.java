package io.sluice.server;

import io.sluice.dialect.amqp.ColdReads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread on which the AMQP dialect reads what may no longer be in memory. It does not exist before its first read, nor long after the
/// last.
final class ColdReadsThread implements ColdReads, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ColdReadsThread.class);

    private static final long IDLE_SECONDS = 10;

    private final ExecutorService executor = executor();

    private static ExecutorService executor() {
        var one =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("amqp-cold-reads").factory());
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    @Override
    public boolean execute(Runnable read) {
        try {
            executor.execute(() -> run(read));
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }

    /// An executor would keep a failure to itself.
    private static void run(Runnable read) {
        try {
            read.run();
        } catch (RuntimeException | AssertionError failed) {
            log.error("a read for an AMQP client failed", failed);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
