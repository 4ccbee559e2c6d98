package io.sluice.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
    @Test
    void theLineSaysHowFarHowFastAndHowLongStill() {
        assertThat(ProgressBar.line(1_500, 3_000, Duration.ofSeconds(10), "moved"))
                .isEqualTo("████████████░░░░░░░░░░░░  50%  1,500 of 3,000 moved, 150/s, 10 s left");
    }

    @Test
    void whereNobodyKnowsHowMuchThereIsItCounts() {
        assertThat(ProgressBar.line(1_500, 0, Duration.ofSeconds(10), "moved"))
                .isEqualTo("1,500 moved, 150/s");
    }

    @Test
    void moreThanThereWasIsFull() {
        assertThat(ProgressBar.line(5, 4, Duration.ZERO, "moved"))
                .isEqualTo("████████████████████████ 100%  5 of 4 moved");
    }

    @Test
    void aPipeSeesNoBar() {
        var pipe = Screen.ofPipe();

        var bar = new ProgressBar(pipe.terminal());
        bar.draw(1, 2, Duration.ofSeconds(1), "moved");
        bar.clear();

        assertThat(pipe.err()).isEmpty();
    }
}
