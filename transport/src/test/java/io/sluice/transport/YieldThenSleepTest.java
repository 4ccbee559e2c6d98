package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

final class YieldThenSleepTest {
    private final YieldThenSleep strategy = new YieldThenSleep();
    private int ready;
    private int looks;

    @Test
    void whatIsReadyIsTakenAtOnce() throws Exception {
        ready = 3;

        assertThat(next(true)).isEqualTo(3);
        assertThat(next(false)).isEqualTo(3);
    }

    @Test
    void itLooksAgainAFewTimesBeforeItSleeps() throws Exception {
        assertThat(stepsToSleep()).isEqualTo(YieldThenSleep.YIELDS);
        assertThat(looks).isEqualTo(YieldThenSleep.YIELDS + 1);
    }

    @Test
    void theMoreItLookedInVainTheMoreOftenItSleepsAtOnce() throws Exception {
        for (int atOnce : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            assertThat(stepsToSleep()).isEqualTo(YieldThenSleep.YIELDS);
            for (int i = 0; i < atOnce; i++) {
                assertThat(stepsToSleep()).isZero();
            }
        }
    }

    @Test
    void workThatComesMeanwhileMakesItHopefulAgain() throws Exception {
        stepsToSleep();
        stepsToSleep();
        assertThat(next(false)).isEqualTo(SelectStrategy.CONTINUE);
        ready = 1;
        next(false);
        ready = 0;

        assertThat(stepsToSleep()).isEqualTo(YieldThenSleep.YIELDS);
        assertThat(stepsToSleep()).as("once, as after the first time in vain").isZero();
        assertThat(stepsToSleep()).isEqualTo(YieldThenSleep.YIELDS);
    }

    @Test
    void aTaskThatComesMeanwhileDoesSoToo() throws Exception {
        stepsToSleep();
        stepsToSleep();
        next(false);
        next(true);

        stepsToSleep();
        stepsToSleep();
        assertThat(stepsToSleep()).isEqualTo(YieldThenSleep.YIELDS);
    }

    private int stepsToSleep() throws Exception {
        int steps = 0;
        while (next(false) == SelectStrategy.CONTINUE) {
            steps++;
        }
        return steps;
    }

    private int next(boolean hasTasks) throws Exception {
        return strategy.calculateStrategy(
                () -> {
                    looks++;
                    return ready;
                },
                hasTasks);
    }
}
