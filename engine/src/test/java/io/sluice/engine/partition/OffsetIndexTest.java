package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetIndexTest {
    private final OffsetIndex index = new OffsetIndex();

    @Test
    void anEntryStandsForAboutSixtyFourKilobytes() {
        batches(100, 10_000);
        assertThat(index.size()).isEqualTo(15);
        assertThat(index.floor(69)).isEqualTo(9);
        assertThat(index.offset(9)).isEqualTo(63);
        assertThat(index.position(9)).isEqualTo(630_000);
        assertThat(index.maxTimestamp(9)).isEqualTo(69);
        assertThat(index.floorByPosition(629_999)).isEqualTo(8);
    }

    @Test
    void aTerabyteCostsThreeMegabytes() {
        long batches = 4_000_000;
        for (long i = 0; i < batches; i++) {
            index.append(i, i * (256 << 10), i);
        }
        assertThat(index.size()).isBetween(OffsetIndex.ENTRIES_MAX / 4, OffsetIndex.ENTRIES_MAX);
        int last = index.size() - 1;
        assertThat(index.position(last))
                .isGreaterThan((batches - 1) * (256 << 10) - index.intervalBytes());
        assertThat(index.maxTimestamp(last)).isEqualTo(batches - 1);
        for (int i = 1; i < index.size(); i++) {
            assertThat(index.position(i) - index.position(i - 1))
                    .isLessThan(2 * index.intervalBytes());
            assertThat(index.maxTimestamp(i - 1)).isEqualTo(index.offset(i) - 1);
        }
    }

    @Test
    void theFrontGoesByWholeIntervals() {
        batches(100, 10_000);
        index.dropBefore(69);
        assertThat(index.offset(0)).isEqualTo(63);
        index.dropBefore(10);
        assertThat(index.offset(0)).isEqualTo(63);
        index.startAt(66, 660_000);
        assertThat(index.offset(0)).isEqualTo(66);
        assertThat(index.position(0)).isEqualTo(660_000);
        assertThat(index.floor(65)).isEqualTo(-1);
    }

    @Test
    void theEndCanBeCut() {
        batches(100, 10_000);
        index.dropFrom(630_000);
        assertThat(index.position(index.size() - 1)).isEqualTo(560_000);
        index.dropFrom(0);
        assertThat(index.size()).isZero();
    }

    @Test
    void itComesBackAsItWas() {
        batches(1000, 10_000);
        var numbers = numbers(index);
        var queue = new ArrayDeque<>(numbers);
        assertThat(numbers(OffsetIndex.read(queue::remove))).isEqualTo(numbers);
        assertThat(numbers(index.copy())).isEqualTo(numbers);
    }

    private void batches(int count, int bytes) {
        for (int i = 0; i < count; i++) {
            index.append(i, (long) i * bytes, i);
        }
    }

    private static List<Long> numbers(OffsetIndex of) {
        var numbers = new ArrayList<Long>();
        of.describe(numbers::add);
        return numbers;
    }
}
