package io.sluice.dialect.kafka.group;

import io.sluice.base.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/// Our clock as Kafka's code wants it. Nothing may wait on it: coordinators run on threads that must not block.
final class CoordinatorTime implements Time {
    private final Clock clock;

    CoordinatorTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long milliseconds() {
        return clock.millis();
    }

    @Override
    public long nanoseconds() {
        return clock.nanos();
    }

    @Override
    public void sleep(long ms) {
        throw new UnsupportedOperationException("a coordinator must not sleep");
    }

    @Override
    public void waitObject(Object obj, Supplier<Boolean> condition, long deadlineMs) {
        throw new UnsupportedOperationException("a coordinator must not wait");
    }
}
