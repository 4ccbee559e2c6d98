package io.sluice.dialect.kafka.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HeldOffsetsTest {
    private final HeldOffsets held = new HeldOffsets();

    @Test
    void rangesThatTouchBecomeOne() {
        held.add(0, 4);
        held.add(10, 14);
        assertThat(held.all()).containsExactly(0, 4, 10, 14);

        held.add(5, 9);

        assertThat(held.all()).containsExactly(0, 14);
        assertThat(held.holds(0, 14)).isTrue();
        assertThat(held.holds(0, 15)).isFalse();
    }

    @Test
    void whatIsSettledLeavesAHole() {
        held.add(0, 9);

        held.remove(3, 5);

        assertThat(held.all()).containsExactly(0, 2, 6, 9);
        assertThat(held.holds(2, 6)).isFalse();
        assertThat(held.holds(6, 9)).isTrue();
        assertThat(held.isEmpty()).isFalse();
    }

    @Test
    void whereNoRecordIsNoneIsCounted() {
        held.add(0, 9);
        held.missing(4);
        held.missing(7);

        assertThat(held.records(0, 9)).isEqualTo(8);
        assertThat(held.records(5, 6)).isEqualTo(2);
        held.remove(0, 5);
        assertThat(held.records(6, 9)).isEqualTo(3);
    }

    @Test
    void theSameAsASetOfOffsetsWhateverIsDone() {
        long seed = 932;
        var random = new Random(seed);
        var naive = new TreeSet<Long>();
        for (int step = 0; step < 5_000; step++) {
            long first = random.nextInt(60);
            long last = first + random.nextInt(6);
            boolean all = true;
            for (long offset = first; offset <= last; offset++) {
                all &= naive.contains(offset);
            }
            assertThat(held.holds(first, last)).as("seed %d step %d", seed, step).isEqualTo(all);
            if (random.nextBoolean()) {
                held.add(first, last);
                for (long offset = first; offset <= last; offset++) {
                    naive.add(offset);
                }
            } else if (all) {
                held.remove(first, last);
                naive.subSet(first, last + 1).clear();
            }
            assertThat(size(held.all())).isEqualTo(naive.size());
        }
    }

    private static long size(long[] ranges) {
        long size = 0;
        for (int i = 0; i < ranges.length; i += 2) {
            size += ranges[i + 1] - ranges[i] + 1;
        }
        return size;
    }
}
