package io.sluice.engine.drive;

import io.sluice.base.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Time that passes when a test says so.
final class SetClock implements Clock {
    private final AtomicLong nanos = new AtomicLong();

    void pass(long byNanos) {
        nanos.addAndGet(byNanos);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos());
    }
}
