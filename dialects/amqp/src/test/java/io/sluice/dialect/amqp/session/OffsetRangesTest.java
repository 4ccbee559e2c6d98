package io.sluice.dialect.amqp.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetRangesTest {
    private final OffsetRanges ranges = new OffsetRanges();

    @Test
    void neighboursBecomeOneRange() {
        for (long offset : new long[] {3, 4, 5, 9, 10, 2}) {
            ranges.add(offset);
        }

        assertThat(ranges.take()).containsExactly(3, 5, 9, 10, 2, 2);
    }

    @Test
    void whatWasTakenIsGone() {
        ranges.add(1);
        assertThat(ranges.isEmpty()).isFalse();
        assertThat(ranges.take()).containsExactly(1, 1);

        assertThat(ranges.isEmpty()).isTrue();
        ranges.add(2);
        assertThat(ranges.take()).containsExactly(2, 2);
    }

    @Test
    void thereMayBeManyRanges() {
        for (long offset = 0; offset < 100; offset += 2) {
            ranges.add(offset, offset);
        }

        assertThat(ranges.take()).hasSize(100).endsWith(96, 96, 98, 98);
    }
}
