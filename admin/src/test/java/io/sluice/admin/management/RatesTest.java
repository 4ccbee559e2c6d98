package io.sluice.admin.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RatesTest {
    private final Rates rates = new Rates();

    @Test
    void nobodyKnowsARateAtTheFirstLook() {
        assertThat(at(0, 100)).isZero();
    }

    @Test
    void aRateIsWhatCameSinceFourSecondsAgo() {
        at(0, 0);
        at(5, 50);
        assertThat(at(10, 150)).isEqualTo(20.0);
        assertThat(at(11, 150)).isEqualTo(16.7);
    }

    @Test
    void looksInQuickSuccessionDoNotMakeItForgetWhatWasBefore() {
        at(0, 0);
        for (int tenth = 1; tenth <= 60; tenth++) {
            rates.observe(TimeUnit.MILLISECONDS.toNanos(100L * tenth), 10L * tenth);
        }
        assertThat(at(6.1, 610)).isBetween(95.0, 105.0);
    }

    @Test
    void aMomentIsNoTime() {
        at(0, 0);
        assertThat(at(0.1, 1000)).isZero();
    }

    private double at(double seconds, long count) {
        return rates.observe((long) (1e9 * seconds), count)[0];
    }
}
