package io.sluice.simulation.broker;

import io.sluice.base.Clock;

/// Time that passes when it is told to.
public final class ManualClock implements Clock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long millis = 1_700_000_000_000L;

    public void advance(long byMillis) {
        millis += byMillis;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public long nanos() {
        return millis * NANOS_PER_MILLI;
    }
}
