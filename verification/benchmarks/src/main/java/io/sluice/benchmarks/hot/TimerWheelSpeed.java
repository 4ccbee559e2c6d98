package io.sluice.benchmarks.hot;

import io.sluice.base.Rng;
import io.sluice.engine.shard.TimerWheel;
import io.sluice.engine.shard.TimerWheel.Timer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A shard's timers, 100,000 of them set at any time: as many as there are fetches that wait and sessions that must not fall
/// silent.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class TimerWheelSpeed {
    private static final int TIMERS = 100_000;
    private static final int LIFE_MILLIS = 30_000;

    private final TimerWheel wheel = new TimerWheel(0);
    private final Timer[] timers = new Timer[TIMERS];
    private final int[] lives = new int[TIMERS];
    private long nowMillis;
    private int turn;

    public TimerWheelSpeed() {
        var rng = new Rng(1);
        for (int i = 0; i < TIMERS; i++) {
            lives[i] = 1 + rng.below(LIFE_MILLIS);
            timers[i] = new Recurring();
            wheel.schedule(timers[i], lives[i]);
        }
    }

    /// What a wait costs that ends before its time: the oldest timer is cancelled and set anew among all the others.
    @Benchmark
    public void cancelAndSchedule() {
        turn = turn + 1 == TIMERS ? 0 : turn + 1;
        wheel.cancel(timers[turn]);
        wheel.schedule(timers[turn], nowMillis + lives[turn]);
    }

    /// One millisecond passes: 3.3 timers of the 100,000 expire in it, and each sets itself again for 30 seconds later. Their way
    /// down the wheels is part of it.
    @Benchmark
    public boolean advance() {
        return wheel.advance(++nowMillis);
    }

    private final class Recurring extends Timer {
        @Override
        protected void expired() {
            wheel.schedule(this, nowMillis + LIFE_MILLIS);
        }
    }
}
