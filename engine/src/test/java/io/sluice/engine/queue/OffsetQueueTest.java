package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.base.Rng;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetQueueTest {
    private final OffsetQueue queue = new OffsetQueue();

    @Test
    void anEmptyOneHasNoFirst() {
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.size()).isZero();
        assertThat(queue.peek()).isEqualTo(-1);
        assertThat(all()).isEmpty();
        assertThatThrownBy(queue::poll).isInstanceOf(AssertionError.class);
    }

    @Test
    void offsetsComeOutInTheirOrder() {
        add(0, 1, 5, 1_000_000_000_000L);
        assertThat(all()).containsExactly(0L, 1L, 5L, 1_000_000_000_000L);
        assertThat(queue.poll()).isZero();
        assertThat(queue.peek()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(all()).containsExactly(5L, 1_000_000_000_000L);
        assertThat(queue.poll()).isEqualTo(5);
        assertThat(queue.poll()).isEqualTo(1_000_000_000_000L);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.peek()).isEqualTo(-1);
    }

    @Test
    void onlyLargerOnesFollowAlsoWhenItIsEmptyAgain() {
        add(7);
        assertThatThrownBy(() -> queue.add(7)).isInstanceOf(AssertionError.class);
        queue.poll();
        assertThatThrownBy(() -> queue.add(7)).isInstanceOf(AssertionError.class);
        add(8);
        assertThat(all()).containsExactly(8L);
    }

    @Test
    void manyChunksAreReadThroughTheirBorders() {
        var expected = new ArrayList<Long>();
        long offset = 0;
        for (int i = 0; i < 10_000; i++) {
            // One, two, five and nine bytes.
            offset += i % 1_000 == 999 ? 1L << 48 : i % 97 == 0 ? 1 << 30 : i % 7 == 0 ? 100 : 1;
            queue.add(offset);
            expected.add(offset);
        }
        assertThat(all()).isEqualTo(expected);
        for (long next : expected) {
            assertThat(queue.peek()).isEqualTo(next);
            assertThat(queue.poll()).isEqualTo(next);
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void oneThatIsNearlyEmptyAllTheTimeUsesItsChunkAgain() {
        add(0, 1);
        for (int i = 2; i < 100_000; i++) {
            queue.add(i);
            queue.poll();
            assertThat(queue.bytes()).isLessThan(64);
        }
        assertThat(all()).containsExactly(99_998L, 99_999L);
    }

    @Test
    void aMillionOffsetsCostAboutTwoBytesEach() {
        for (long offset = 0; offset < 100_000_000L; offset += 100) {
            queue.add(offset);
        }
        assertThat(queue.size()).isEqualTo(1_000_000);
        assertThat(queue.bytes()).isLessThan(2_000_000);
    }

    @Test
    void itBehavesLikeAListOfNumbers() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    var model = new ArrayDeque<Long>();
                    long next = 0;
                    int filling = 50;
                    for (int i = 0; i < 20_000; i++) {
                        filling = rng.chance(1) ? 20 + rng.below(60) : filling;
                        if (rng.chance(filling)) {
                            next += 1 + (rng.chance(80) ? rng.below(3) : rng.nextLong() >>> 34);
                            queue.add(next);
                            model.add(next);
                        } else if (!model.isEmpty()) {
                            assertThat(queue.poll()).isEqualTo(model.remove());
                        }
                        assertThat(queue.size()).isEqualTo(model.size());
                        assertThat(queue.peek()).isEqualTo(model.isEmpty() ? -1 : model.peek());
                        if (i % 500 == 0) {
                            assertThat(all()).containsExactlyElementsOf(model);
                        }
                    }
                });
    }

    private void add(long... offsets) {
        for (long offset : offsets) {
            queue.add(offset);
        }
    }

    private List<Long> all() {
        var all = new ArrayList<Long>();
        queue.forEach(all::add);
        return all;
    }
}
