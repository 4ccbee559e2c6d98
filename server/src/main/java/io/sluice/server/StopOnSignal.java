package io.sluice.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes the server when the process is told to end, and ends the process if that takes too long.
final class StopOnSignal extends Thread {
    private static final Logger log = LoggerFactory.getLogger(StopOnSignal.class);

    /// Under the 10 s that the operator was promised.
    private static final long PATIENCE_MILLIS = 9_500;

    private final Server server;
    private final CountDownLatch stopped = new CountDownLatch(1);

    StopOnSignal(Server server) {
        super("stop");
        this.server = server;
    }

    @Override
    public void run() {
        Thread.ofPlatform().name("stop-watch").daemon().start(this::haltWhenStuck);
        log.info("stopping");
        server.close();
        stopped.countDown();
        log.info("stopped");
    }

    private void haltWhenStuck() {
        try {
            if (!stopped.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                log.error(
                        "not stopped after {} ms, ending the process: nothing acknowledged is lost",
                        PATIENCE_MILLIS);
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
