package io.sluice.dialect.amqp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.queue.QueuePart;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnsettledTest {
    private static final Source A = source(1);
    private static final Source B = source(2);

    private final Unsettled unsettled = new Unsettled();
    private final List<Taken> taken = new ArrayList<>();
    private final Unsettled.Taker taker =
            (tag, source, offset) -> taken.add(new Taken(tag, source, offset));

    private record Taken(long tag, Source source, long offset) {}

    @Test
    void oneIsTakenByItsTagAndTellsWhereItCameFrom() {
        unsettled.add(1, A, 70);
        unsettled.add(2, B, 71);
        unsettled.add(3, A, 72);

        assertThat(unsettled.take(2, taker)).isTrue();

        assertThat(taken).containsExactly(new Taken(2, B, 71));
        assertThat(unsettled.size()).isEqualTo(2);
    }

    @Test
    void whatWasTakenOrNeverThereIsNotTaken() {
        unsettled.add(5, A, 70);
        unsettled.add(6, A, 71);
        unsettled.add(7, A, 72);
        assertThat(unsettled.take(6, taker)).isTrue();
        taken.clear();

        assertThat(unsettled.take(6, taker)).isFalse();
        assertThat(unsettled.take(4, taker)).isFalse();
        assertThat(unsettled.take(8, taker)).isFalse();
        assertThat(unsettled.takeUpTo(6, taker)).isFalse();
        assertThat(unsettled.takeUpTo(8, taker)).isFalse();

        assertThat(taken).isEmpty();
        assertThat(unsettled.size()).isEqualTo(2);
    }

    @Test
    void allUpToATagAreTakenTheOldestFirstAndHolesArePassedOver() {
        for (long tag = 1; tag <= 5; tag++) {
            unsettled.add(tag, A, 100 + tag);
        }
        assertThat(unsettled.take(2, taker)).isTrue();
        taken.clear();

        assertThat(unsettled.takeUpTo(4, taker)).isTrue();

        assertThat(taken).extracting(Taken::tag).containsExactly(1L, 3L, 4L);
        assertThat(unsettled.size()).isEqualTo(1);
        assertThat(unsettled.take(5, taker)).isTrue();
    }

    @Test
    void takingAllLeavesNothingAndTagsGoOnGrowing() {
        unsettled.add(1, A, 1);
        unsettled.add(2, B, 2);

        unsettled.takeAll(taker);
        unsettled.add(3, A, 3);

        assertThat(taken).extracting(Taken::tag).containsExactly(1L, 2L);
        assertThat(unsettled.size()).isEqualTo(1);
        assertThat(unsettled.take(1, taker)).isFalse();
        assertThat(unsettled.take(3, taker)).isTrue();
    }

    @Test
    void whatIsPutBackStandsAtItsPlace() {
        for (long tag = 1; tag <= 4; tag++) {
            unsettled.add(tag, A, tag);
        }
        assertThat(unsettled.takeUpTo(3, taker)).isTrue();
        taken.clear();
        unsettled.restore(3, A, 3);
        unsettled.restore(1, B, 1);

        assertThat(unsettled.takeUpTo(3, taker)).isTrue();

        assertThat(taken).containsExactly(new Taken(1, B, 1), new Taken(3, A, 3));
        assertThat(unsettled.size()).isEqualTo(1);
    }

    @Test
    void whatIsPutBackBetweenOthersCanBeTakenAgain() {
        for (long tag = 1; tag <= 3; tag++) {
            unsettled.add(tag, A, tag);
        }
        assertThat(unsettled.take(2, taker)).isTrue();
        unsettled.restore(2, A, 2);

        assertThat(unsettled.take(2, taker)).isTrue();
        assertThat(unsettled.size()).isEqualTo(2);
    }

    @Test
    void itDoesWhatASortedMapDoes() {
        for (long seed = 1; seed <= 500; seed++) {
            Rng.run(seed, UnsettledTest::compareWithASortedMap);
        }
    }

    private static void compareWithASortedMap(Rng rng) {
        var unsettled = new Unsettled();
        var model = new TreeMap<Long, Taken>();
        var out = new ArrayList<Taken>();
        long next = 1;
        for (int step = 0; step < 300; step++) {
            var taken = new ArrayList<Taken>();
            Unsettled.Taker taker =
                    (tag, source, offset) -> taken.add(new Taken(tag, source, offset));
            long tag = Math.max(0, next - rng.below(40));
            switch (rng.below(10)) {
                case 0, 1, 2, 3, 4 -> {
                    for (int more = rng.below(8); more >= 0; more--) {
                        var given = new Taken(next, rng.chance(50) ? A : B, next + 1000);
                        unsettled.add(given.tag, given.source, given.offset);
                        model.put(next, given);
                        // Streams and gets of other channels leave no gaps, automatic
                        // deliveries do.
                        next += 1 + rng.below(3);
                    }
                }
                case 5, 6, 7 -> {
                    var expected = model.remove(tag);
                    assertThat(unsettled.take(tag, taker)).isEqualTo(expected != null);
                    assertThat(taken).isEqualTo(expected == null ? List.of() : List.of(expected));
                }
                case 8 -> {
                    boolean there = model.containsKey(tag);
                    var upTo = model.headMap(tag, true);
                    var expected = there ? List.copyOf(upTo.values()) : List.of();
                    assertThat(unsettled.takeUpTo(tag, taker)).isEqualTo(there);
                    assertThat(taken).isEqualTo(expected);
                    if (there) {
                        upTo.clear();
                    }
                }
                default -> {
                    for (int i = Math.min(out.size(), rng.below(4)); i > 0; i--) {
                        var back = out.remove(rng.below(out.size()));
                        unsettled.restore(back.tag, back.source, back.offset);
                        model.put(back.tag, back);
                    }
                }
            }
            out.addAll(taken);
            assertThat(unsettled.size()).isEqualTo(model.size());
        }
        var rest = new ArrayList<Taken>();
        unsettled.takeAll((tag, source, offset) -> rest.add(new Taken(tag, source, offset)));
        assertThat(rest).isEqualTo(List.copyOf(model.values()));
    }

    private static Source source(long number) {
        return new Source.OfQueue(new QueuePart(new UUID(1, number), new UUID(2, number), 0), null);
    }
}
