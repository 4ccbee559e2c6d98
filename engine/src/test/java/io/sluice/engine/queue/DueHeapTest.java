package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.base.Rng;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DueHeapTest {
    private static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::due).thenComparingLong(Entry::offset);

    private final DueHeap heap = new DueHeap();

    private record Entry(long due, long offset, int note) {}

    @Test
    void anEmptyOneIsNeverDue() {
        assertThat(heap.isEmpty()).isTrue();
        assertThat(heap.firstDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(heap.smallestOffset()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(heap::removeFirst).isInstanceOf(AssertionError.class);
    }

    @Test
    void theEarliestComesFirst() {
        heap.add(30, 1, 11);
        heap.add(10, 2, 12);
        heap.add(20, 3, 13);
        assertThat(drain())
                .containsExactly(new Entry(10, 2, 12), new Entry(20, 3, 13), new Entry(30, 1, 11));
        assertThat(heap.isEmpty()).isTrue();
    }

    @Test
    void equalTimesComeInTheOrderOfTheirOffsets() {
        for (int i = 0; i < 100; i++) {
            heap.add(5, (i * 37) % 100, i);
        }
        var offsets = drain().stream().map(Entry::offset).toList();
        assertThat(offsets).hasSize(100).isSorted();
    }

    @Test
    void theSameMessageMayBeInItTwice() {
        heap.add(5, 7, 1);
        heap.add(3, 7, 2);
        assertThat(drain()).containsExactly(new Entry(3, 7, 2), new Entry(5, 7, 1));
    }

    @Test
    void theSmallestOffsetIsFoundWhereverItIs() {
        heap.add(1, 50, 0);
        heap.add(2, 30, 0);
        heap.add(3, 40, 0);
        assertThat(heap.smallestOffset()).isEqualTo(30);
    }

    @Test
    void whatLiesBeforeTheStartGoesAndTheRestKeepsItsOrder() {
        for (int i = 0; i < 1_000; i++) {
            heap.add((i * 7_919) % 1_000, i, i);
        }
        heap.removeBefore(900);
        assertThat(heap.size()).isEqualTo(100);
        assertThat(drain()).isSortedAccordingTo(ORDER).allMatch(entry -> entry.offset() >= 900);
    }

    @Test
    void notesMayChange() {
        heap.add(1, 5, 1);
        heap.add(2, 6, 2);
        heap.changeNotes((offset, note) -> offset == 6 ? note + 10 : note);
        assertThat(drain()).containsExactly(new Entry(1, 5, 1), new Entry(2, 6, 12));
    }

    @Test
    void aMillionEntriesCostAboutTwentyBytesEachAndTheRoomIsGivenBack() {
        for (int i = 0; i < 1_000_000; i++) {
            heap.add(i * 31L % 1_000_003, i, 0);
        }
        assertThat(heap.capacity()).isLessThan(1_500_000);
        while (heap.size() > 10) {
            heap.removeFirst();
        }
        assertThat(heap.capacity()).isLessThan(100);
        assertThat(new DueHeap().capacity()).isZero();
    }

    @Test
    void itBehavesLikeASortedSet() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    var model = new TreeSet<>(ORDER);
                    int filling = 50;
                    for (int i = 0; i < 20_000; i++) {
                        filling = rng.chance(1) ? 20 + rng.below(60) : filling;
                        if (rng.chance(filling)) {
                            var entry = new Entry(rng.below(100), i, rng.below(1_000));
                            heap.add(entry.due(), entry.offset(), entry.note());
                            model.add(entry);
                        } else if (rng.chance(1)) {
                            long start = i - rng.below(2_000);
                            heap.removeBefore(start);
                            model.removeIf(entry -> entry.offset() < start);
                        } else if (!model.isEmpty()) {
                            assertThat(first()).isEqualTo(model.pollFirst());
                            heap.removeFirst();
                        }
                        assertThat(heap.size()).isEqualTo(model.size());
                        if (!model.isEmpty()) {
                            assertThat(first()).isEqualTo(model.first());
                        }
                        if (i % 500 == 0) {
                            var all = new ArrayList<Entry>();
                            heap.forEach(
                                    (due, offset, note) -> all.add(new Entry(due, offset, note)));
                            assertThat(all).containsExactlyInAnyOrderElementsOf(model);
                        }
                    }
                });
    }

    private Entry first() {
        return new Entry(heap.firstDue(), heap.firstOffset(), heap.firstNote());
    }

    private List<Entry> drain() {
        var all = new ArrayList<Entry>();
        while (!heap.isEmpty()) {
            all.add(first());
            heap.removeFirst();
        }
        return all;
    }
}
