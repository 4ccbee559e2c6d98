package io.sluice.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.queue.BreakerView.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private long now = 1_000_000;

    @Test
    void itOpensWhenEnoughOfEnoughDeliveriesFailed() {
        var breaker = breaker(Map.of("failure.percent", "50", "minimum.calls", "4"));
        assertThat(ended(breaker, "ok", "failed", "failed").state().state())
                .isEqualTo(State.CLOSED);
        assertThat(ended(breaker, "ok").state())
                .isEqualTo(
                        new BreakerState(
                                State.OPEN, "2 of 4 deliveries failed", now, now + 30_000, 30_000));
        assertThat(breaker.room()).isZero();
    }

    @Test
    void whatLeavesTheWindowNoLongerCounts() {
        var breaker =
                breaker(
                        Map.of(
                                "failure.percent", "50",
                                "minimum.calls", "4",
                                "window.size", "4"));
        ended(breaker, "failed", "ok", "ok", "ok", "ok");
        assertThat(breaker.view(now, 0).failed()).isZero();
        assertThat(ended(breaker, "failed").isClosed()).isTrue();
        assertThat(ended(breaker, "failed").isClosed()).isFalse();
    }

    @Test
    void secondsThatHavePassedNoLongerCount() {
        var breaker =
                breaker(
                        Map.of(
                                "failure.percent", "60",
                                "minimum.calls", "2",
                                "window", "seconds",
                                "window.size", "3"));
        ended(breaker, "failed");
        now += 2_000;
        ended(breaker, "ok");
        assertThat(breaker.view(now, 0).calls()).isEqualTo(2);
        now += 1_000;
        assertThat(breaker.view(now, 0).calls()).isEqualTo(1);
        now += 1_000_000;
        assertThat(breaker.view(now, 0).calls()).isZero();
        assertThat(ended(breaker, "failed").isClosed()).isTrue();
    }

    @RepeatedTest(20)
    void manyThatSucceedTogetherAreAsOneAfterTheOther() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    var settings =
                            Map.of(
                                    "failure.percent", "30",
                                    "minimum.calls", "8",
                                    "window", rng.chance(50) ? "seconds" : "calls",
                                    "window.size", "10");
                    var one = breaker(settings);
                    var many = breaker(settings);
                    for (int i = 0; i < 200; i++) {
                        now += rng.below(3_000);
                        int calls = 1 + rng.below(14);
                        for (int left = calls; left > 0; left--) {
                            take(one, one.ended(false, false, now));
                        }
                        take(many, many.succeeded(calls, now));
                        assertThat(many.view(now, 0)).isEqualTo(one.view(now, 0));
                        take(one, one.ended(true, false, now));
                        take(many, many.ended(true, false, now));
                        assertThat(many.view(now, 0)).isEqualTo(one.view(now, 0));
                        if (!one.isClosed()) {
                            take(one, one.closed(now));
                            take(many, many.closed(now));
                        }
                    }
                });
    }

    @Test
    void slowDeliveriesOpenItThoughTheySucceed() {
        var breaker =
                breaker(
                        Map.of(
                                "slow.percent", "100",
                                "slow.call.ms", "200",
                                "minimum.calls", "2"));
        assertThat(breaker.isSlow(200)).isFalse();
        assertThat(breaker.isSlow(201)).isTrue();
        assertThat(ended(breaker, "slow", "slow").state().reason())
                .isEqualTo("2 of 2 deliveries took longer than 200 ms");
    }

    @Test
    void aBurstOfDeadLettersOpensItAndASlowTrickleDoesNot() {
        var breaker = breaker(Map.of("dead.letters", "3", "dead.letters.window.ms", "1600"));
        for (int i = 0; i < 20; i++) {
            assertThat(breaker.died(now)).isNull();
            now += 800;
        }
        now += 1_600;
        assertThat(breaker.died(now)).isNull();
        assertThat(breaker.died(now + 700)).isNull();
        assertThat(take(breaker, breaker.died(now + 1_400)).state().reason())
                .isEqualTo("3 messages died within 1600 ms");
    }

    @Test
    void probesGoOutOneAtATimeAndCloseItWhenEnoughSucceededInARow() {
        var breaker = opened(Map.of("probes", "2"));
        assertThat(breaker.passed(now + 29_999)).isNull();
        halfOpen(breaker, 30_000);
        assertThat(breaker.room()).isEqualTo(1);
        breaker.probes();
        assertThat(breaker.room()).isZero();
        assertThat(breaker.probed(false, now)).isNull();
        breaker.probes();
        breaker.unprobed();
        breaker.probes();
        assertThat(breaker.probed(false, now)).isEqualTo(new BreakerTransition.Closed(now, 2));
    }

    @Test
    void eachTimeAProbeFailsItStaysOpenTwiceAsLongUntilItHasClosed() {
        var breaker = opened(Map.of("open.max.ms", "100000", "probes", "1"));
        for (long millis : List.of(30_000L, 60_000L, 100_000L, 100_000L)) {
            assertThat(breaker.state().untilMillis()).isEqualTo(now + millis);
            halfOpen(breaker, millis);
            breaker.probes();
            take(breaker, breaker.probed(true, now));
        }
        halfOpen(breaker, 100_000);
        breaker.probes();
        take(breaker, breaker.probed(false, now));
        assertThat(breaker.isClosed()).isTrue();
        ended(breaker, "failed", "failed");
        assertThat(breaker.state().untilMillis()).isEqualTo(now + 30_000);
    }

    @Test
    void nothingButAPersonEndsWhatAPersonHasOpened() {
        var breaker = opened(Map.of());
        take(breaker, breaker.forced(now));
        assertThat(breaker.state().state()).isEqualTo(State.FORCED_OPEN);
        assertThat(breaker.passed(Long.MAX_VALUE)).isNull();
        assertThat(breaker.forced(now)).isNull();
        take(breaker, breaker.closed(now));
        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.view(now, 1).calls()).isZero();
    }

    @Test
    void whatEndsWhileItIsNotClosedSaysNothing() {
        var breaker = opened(Map.of());
        assertThat(breaker.ended(true, false, now)).isNull();
        halfOpen(breaker, 30_000);
        assertThat(breaker.ended(true, false, now)).isNull();
        assertThat(breaker.died(now)).isNull();
        assertThat(breaker.probed(true, now)).as("no probe is out").isNull();
    }

    @Test
    void itGoesOnWhereItWasLeft() {
        var left = opened(Map.of()).state();
        var breaker = new Breaker(policy(Map.of("failure.percent", "100")), left);
        assertThat(breaker.room()).isZero();
        halfOpen(breaker, 30_000);
        breaker.probes();
        take(breaker, breaker.probed(true, now));
        assertThat(breaker.state().untilMillis()).isEqualTo(now + 60_000);
    }

    private Breaker opened(Map<String, String> more) {
        var all = new HashMap<>(more);
        all.put("failure.percent", "100");
        all.put("minimum.calls", "2");
        var breaker = ended(breaker(all), "failed", "failed");
        assertThat(breaker.state().state()).isEqualTo(State.OPEN);
        return breaker;
    }

    private void halfOpen(Breaker breaker, long millis) {
        now += millis;
        take(breaker, breaker.passed(now));
        assertThat(breaker.state().state()).isEqualTo(State.HALF_OPEN);
    }

    private Breaker ended(Breaker breaker, String... outcomes) {
        for (var outcome : outcomes) {
            take(breaker, breaker.ended(outcome.equals("failed"), outcome.equals("slow"), now));
        }
        return breaker;
    }

    private static Breaker take(Breaker breaker, @Nullable BreakerTransition transition) {
        if (transition != null) {
            breaker.apply(transition);
        }
        return breaker;
    }

    private static Breaker breaker(Map<String, String> settings) {
        return new Breaker(policy(settings), BreakerState.NEW);
    }

    private static BreakerPolicy policy(Map<String, String> settings) {
        var config = new HashMap<String, String>();
        settings.forEach((name, value) -> config.put("sluice.breaker." + name, value));
        return QueuePolicy.of(PolicyValues.ofKafka(config)).breaker();
    }
}
