package io.sluice.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.sluice.base.Rng;
import io.sluice.broker.queue.BreakerView.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// The same outcomes at the same times for this breaker and for Resilience4j's: the same state after each.
///
/// Where they differ on purpose, the other one is led along:
///
/// - Probes go out one at a time and the first that fails opens it again; there all probes go out and then their rate decides. So it is told that the rest of them
///   failed, too, and rates are small enough for one failure to matter.
/// - A slow probe has failed. There slowness has its rate: the same with rates that small.
/// - Time open doubles: there by a function of the times that it has opened in a row.
/// - What was called before it opened says nothing later. There it counts in the half-open state: no such calls here.
/// - Probes are counted as they are set. There the minimum of calls is enough for their rate: it is never smaller here.
/// - Its time has come when it is there, there a millisecond later: never met here.
/// - A breaker without a failure rate opens for slow calls only; there is no such setting there, so nothing fails then but probes.
class BreakerOracleTest {
    private static final int STEPS = 1_000;

    private static final class PassingClock extends Clock {
        long millis = 1_700_000_000_000L;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public long millis() {
            return millis;
        }
    }

    @RepeatedTest(40)
    void aWindowOfCallsGoesTheSameWay() {
        Rng.run(System.nanoTime(), rng -> new Run(rng, false).go());
    }

    @RepeatedTest(40)
    void aWindowOfSecondsGoesTheSameWay() {
        Rng.run(System.nanoTime(), rng -> new Run(rng, true).go());
    }

    /// Otherwise the comparison would say nothing.
    @Test
    void theComparisonMeetsEveryState() {
        var met = new HashSet<State>();
        Rng.run(
                7,
                rng -> {
                    for (int i = 0; i < 10; i++) {
                        met.addAll(new Run(rng.split(), i % 2 == 0).go());
                    }
                });
        assertThat(met).contains(State.CLOSED, State.OPEN, State.HALF_OPEN);
    }

    private static final class Run {
        private final Rng rng;
        private final PassingClock clock = new PassingClock();
        private final BreakerPolicy policy;
        private final Breaker breaker;
        private final CircuitBreaker oracle;
        private final boolean failures;
        private final int failPercent;
        private final Set<State> met = new HashSet<>();

        Run(Rng rng, boolean seconds) {
            this.rng = rng;
            this.failures = rng.chance(80);
            this.failPercent = rng.chance(50) ? 50 : rng.below(100);
            this.policy = policy(rng, seconds, failures);
            this.breaker = new Breaker(policy, BreakerState.NEW);
            this.oracle = CircuitBreaker.of("oracle", config(policy, clock));
        }

        private static BreakerPolicy policy(Rng rng, boolean seconds, boolean failures) {
            int probes = 1 + rng.below(4);
            int rate = 100 / probes;
            int size = probes + rng.below(40);
            long open = rng.between(100, 5_100);
            return new BreakerPolicy(
                    failures ? percent(rng, rate) : -1,
                    failures && rng.chance(50) ? -1 : percent(rng, rate),
                    50,
                    seconds,
                    size,
                    Math.min(seconds ? 99 : size, probes + rng.below(20)),
                    open,
                    open + rng.below(20_000),
                    probes,
                    -1,
                    1_000);
        }

        /// Often one that some calls of few are exactly.
        private static int percent(Rng rng, int most) {
            return rng.chance(60) ? most : 1 + rng.below(most);
        }

        private static CircuitBreakerConfig config(BreakerPolicy policy, Clock clock) {
            return CircuitBreakerConfig.custom()
                    .clock(clock)
                    .failureRateThreshold(Math.max(1, policy.failurePercent()))
                    .slowCallRateThreshold(policy.slowPercent() < 0 ? 100 : policy.slowPercent())
                    .slowCallDurationThreshold(
                            policy.slowPercent() < 0
                                    ? Duration.ofDays(1)
                                    : Duration.ofMillis(policy.slowCallMillis()))
                    .slidingWindowSize(policy.windowSize())
                    .minimumNumberOfCalls(policy.minimumCalls())
                    .slidingWindowType(
                            policy.inSeconds()
                                    ? SlidingWindowType.TIME_BASED
                                    : SlidingWindowType.COUNT_BASED)
                    .permittedNumberOfCallsInHalfOpenState(policy.probes())
                    .waitIntervalFunctionInOpenState(
                            times ->
                                    Math.min(
                                            policy.openMaxMillis(),
                                            policy.openMillis() << Math.min(20, times - 1)))
                    .build();
        }

        Set<State> go() {
            for (int i = 0; i < STEPS; i++) {
                clock.millis += rng.chance(80) ? rng.below(100) : rng.below(6_000);
                if (clock.millis == breaker.state().untilMillis()) {
                    clock.millis++;
                }
                take(breaker.passed(clock.millis));
                boolean permitted = oracle.tryAcquirePermission();
                assertThat(breaker.room() > 0)
                        .as("%s at %s", breaker.state(), clock.millis)
                        .isEqualTo(permitted);
                if (permitted) {
                    call();
                }
                assertThat(breaker.state().state())
                        .as("%s %s %s", policy, breaker.state(), oracle.getMetrics())
                        .isEqualTo(stateOf(oracle));
                met.add(breaker.state().state());
            }
            return met;
        }

        private void call() {
            boolean probe = breaker.state().state() == State.HALF_OPEN;
            boolean failed = (failures || probe) && rng.chance(failPercent);
            long took = rng.chance(policy.slowPercent() < 0 ? 0 : 30) ? 51 : 50;
            boolean slow = breaker.isSlow(took);
            if (failed) {
                oracle.onError(took, TimeUnit.MILLISECONDS, new IllegalStateException("failed"));
            } else {
                oracle.onSuccess(took, TimeUnit.MILLISECONDS);
            }
            if (probe) {
                breaker.probes();
                assertThat(breaker.room()).isZero();
                take(breaker.probed(failed || slow, clock.millis));
                if (failed || slow) {
                    failTheRest();
                }
            } else {
                take(breaker.ended(failed, slow, clock.millis));
            }
        }

        private void failTheRest() {
            while (oracle.getState() == CircuitBreaker.State.HALF_OPEN
                    && oracle.tryAcquirePermission()) {
                oracle.onError(51, TimeUnit.MILLISECONDS, new IllegalStateException("failed"));
            }
        }

        private void take(@Nullable BreakerTransition transition) {
            if (transition != null) {
                breaker.apply(transition);
            }
        }

        private static State stateOf(CircuitBreaker oracle) {
            return State.valueOf(oracle.getState().name());
        }
    }
}
