package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimerWheelTest {
    private final List<String> expired = new ArrayList<>();

    @Test
    void aTimerExpiresAtItsDeadlineAndNotBefore() {
        var wheel = new TimerWheel(1_000);
        wheel.schedule(noting("a"), 1_500);
        wheel.advance(1_499);
        assertThat(expired).isEmpty();
        wheel.advance(1_500);
        assertThat(expired).containsExactly("a");
        assertThat(wheel.nextMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aCancelledTimerNeverExpires() {
        var wheel = new TimerWheel(0);
        var timer = noting("a");
        wheel.schedule(timer, 100_000);
        wheel.cancel(timer);
        wheel.cancel(timer);
        wheel.advance(Long.MAX_VALUE);
        assertThat(expired).isEmpty();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void aTimerSetAgainExpiresAtItsNewDeadlineOnly() {
        var wheel = new TimerWheel(0);
        var timer = noting("a");
        wheel.schedule(timer, 10);
        wheel.schedule(timer, 5_000);
        wheel.advance(4_999);
        assertThat(expired).isEmpty();
        wheel.advance(5_000);
        assertThat(expired).containsExactly("a");
    }

    @Test
    void aTimerMaySetItselfAgain() {
        var wheel = new TimerWheel(0);
        var timer =
                new TimerWheel.Timer() {
                    private long next = 10;

                    @Override
                    protected void expired() {
                        expired.add("at " + next);
                        next += 10;
                        wheel.schedule(this, next);
                    }
                };
        wheel.schedule(timer, 10);
        wheel.advance(35);
        assertThat(expired).containsExactly("at 10", "at 20", "at 30");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomTimersExpireAsInANaiveModel(long seed) {
        var random = new Random(seed);
        long now = random.nextLong(1L << 45);
        var wheel = new TimerWheel(now);
        Map<TimerWheel.Timer, Long> model = new HashMap<>();
        var timers = new ArrayList<TimerWheel.Timer>();
        var due = new ArrayList<TimerWheel.Timer>();
        for (int i = 0; i < 100; i++) {
            timers.add(
                    new TimerWheel.Timer() {
                        @Override
                        protected void expired() {
                            due.add(this);
                        }
                    });
        }
        for (int step = 0; step < 5_000; step++) {
            var timer = timers.get(random.nextInt(timers.size()));
            switch (random.nextInt(3)) {
                case 0 -> {
                    long deadline = now + 1 + random.nextLong(1L << random.nextInt(1, 40));
                    wheel.schedule(timer, deadline);
                    model.put(timer, deadline);
                }
                case 1 -> {
                    wheel.cancel(timer);
                    model.remove(timer);
                }
                default -> {
                    long first =
                            model.values().stream()
                                    .mapToLong(Long::longValue)
                                    .min()
                                    .orElse(Long.MAX_VALUE);
                    assertThat(wheel.nextMillis()).as("seed " + seed).isLessThanOrEqualTo(first);
                    now += random.nextLong(1L << random.nextInt(1, 36));
                    long until = now;
                    due.clear();
                    wheel.advance(now);
                    var expected =
                            model.keySet().stream()
                                    .filter(t -> deadline(model, t) <= until)
                                    .toList();
                    assertThat(due)
                            .as("seed " + seed)
                            .containsExactlyInAnyOrderElementsOf(expected);
                    assertThat(due)
                            .isSortedAccordingTo(
                                    (a, b) -> Long.compare(deadline(model, a), deadline(model, b)));
                    due.forEach(model::remove);
                }
            }
            assertThat(wheel.size()).as("seed " + seed).isEqualTo(model.size());
        }
    }

    private static long deadline(Map<TimerWheel.Timer, Long> model, TimerWheel.Timer timer) {
        return model.getOrDefault(timer, Long.MAX_VALUE);
    }

    private TimerWheel.Timer noting(String name) {
        return TimerWheel.Timer.of(() -> expired.add(name));
    }
}
