package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import java.util.ArrayList;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OffsetRangesTest {
    @Test
    void itBehavesLikeASet() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    var ranges = new OffsetRanges();
                    var model = new TreeSet<Long>();
                    long end = 0;
                    for (int i = 0; i < 500; i++) {
                        long from = rng.below((int) end + 1);
                        long to = from + rng.below(10);
                        if (rng.chance(30)) {
                            from = end + rng.below(5);
                            to = from + rng.below(10);
                            end = to;
                            ranges.add(from, to);
                            for (long offset = from; offset < to; offset++) {
                                model.add(offset);
                            }
                        } else {
                            ranges.remove(from, to);
                            model.subSet(from, Math.max(from, to)).clear();
                        }
                        assertThat(ranges.contains(from)).isEqualTo(model.contains(from));
                        long start = rng.below((int) end + 1);
                        var all = new ArrayList<Long>();
                        ranges.forEachFrom(start, all::add);
                        assertThat(all).isEqualTo(new ArrayList<>(model.tailSet(start)));
                        assertThat(ranges.isEmpty()).isEqualTo(model.isEmpty());
                    }
                });
    }
}
