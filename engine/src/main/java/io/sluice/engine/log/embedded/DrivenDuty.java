package io.sluice.engine.log.embedded;

import io.sluice.engine.drive.Driven;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A duty as a driver sees it: tells it to rest when it had nothing to do for a while.
final class DrivenDuty implements Driven {
    private static final Logger log = LoggerFactory.getLogger(DrivenDuty.class);
    /// After this long without work the duty is told to rest.
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final Duty duty;
    private final Failure failure;
    private long workedNanos;
    private boolean rested;

    DrivenDuty(String name, Duty duty, Failure failure) {
        this.name = name;
        this.duty = duty;
        this.failure = failure;
        this.workedNanos = System.nanoTime();
    }

    /// A broken expectation of our own leaves nobody knowing what is true: it stops the store as a failed disk does.
    @Override
    public boolean turn() {
        try {
            if (duty.turn()) {
                workedNanos = System.nanoTime();
                rested = false;
                return true;
            }
            if (idleNanos() == 0) {
                rested = true;
                duty.rest();
            }
        } catch (RuntimeException | Error e) {
            log.error("{} is broken", name, e);
            failure.failed(e);
        }
        return false;
    }

    @Override
    public boolean isLittle() {
        return duty.isLittle();
    }

    @Override
    public long idleNanos() {
        return rested ? NEVER : Math.max(0, REST_NANOS - (System.nanoTime() - workedNanos));
    }
}
