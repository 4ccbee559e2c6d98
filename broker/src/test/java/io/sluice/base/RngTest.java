package io.sluice.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RngTest {
    @Test
    void theSameSeedGivesTheSameNumbersForEver() {
        var rng = new Rng(42);
        assertThat(rng.nextLong()).isEqualTo(-4767286540954276203L);
        assertThat(rng.nextLong()).isEqualTo(2949826092126892291L);
    }

    @Test
    void theFirstLineOfAFailureIsTheSeed() {
        assertThatThrownBy(
                        () ->
                                Rng.run(
                                        7,
                                        _ -> {
                                            throw new IllegalStateException("broken");
                                        }))
                .isInstanceOf(AssertionError.class)
                .message()
                .startsWith("seed 7\n")
                .contains("broken");
    }

    @Test
    void boundsAreKept() {
        var rng = new Rng(1);
        for (int i = 0; i < 10_000; i++) {
            assertThat(rng.below(3)).isBetween(0, 2);
            assertThat(rng.between(-5, 5)).isBetween(-5L, 5L);
        }
    }
}
