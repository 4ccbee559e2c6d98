package io.sluice.engine.shard;

import io.sluice.base.Clock;

/// Time that passes when a test says so.
final class ManualClock implements Clock {
    private long millis = 1_700_000_000_000L;

    void pass(long byMillis) {
        millis += byMillis;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public long nanos() {
        return (millis - 1_600_000_000_000L) * 1_000_000;
    }
}
