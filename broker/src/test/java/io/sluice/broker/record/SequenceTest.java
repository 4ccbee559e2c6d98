package io.sluice.broker.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SequenceTest {
    @Test
    void oneIsBeforeWhatWasGivenAfterItAlsoWhereNumbersBeginAnew() {
        assertThat(Sequence.isBefore(3, 4)).isTrue();
        assertThat(Sequence.isBefore(4, 4)).isFalse();
        assertThat(Sequence.isBefore(5, 4)).isFalse();
        assertThat(Sequence.isBefore(Integer.MAX_VALUE, 0)).isTrue();
        assertThat(Sequence.isBefore(0, Integer.MAX_VALUE)).isFalse();
    }
}
