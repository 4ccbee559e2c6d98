package io.sluice.engine.log.embedded;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives a duty: turns while there is something to do, then sleeps until the bell rings.
final class DutyThread implements Bell {
    private static final Logger log = LoggerFactory.getLogger(DutyThread.class);
    /// After this long without work the duty is told to rest.
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Duty duty;
    private final Failure failure;
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean stopping;

    DutyThread(String name, Duty duty, Failure failure) {
        this.duty = duty;
        this.failure = failure;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!stopping) {
            if (!turn()) {
                sleep();
            }
        }
    }

    /// A broken expectation of our own leaves nobody knowing what is true: it stops the store as a failed disk does.
    private boolean turn() {
        try {
            return duty.turn();
        } catch (RuntimeException | Error e) {
            log.error("{} is broken", thread.getName(), e);
            failure.failed(e);
            return false;
        }
    }

    private void sleep() {
        asleep = true;
        // The bell may have rung between the last turn and the line above.
        if (!stopping && !turn()) {
            LockSupport.parkNanos(this, REST_NANOS);
            if (asleep && !stopping) {
                duty.rest();
                LockSupport.park(this);
            }
        }
        asleep = false;
    }

    @Override
    public void ring() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /// Ends the thread after its present turn.
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
