package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.base.Rng;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

// Whether it is the very holder that leased is the question; the model is a TreeMap for its order.
@SuppressWarnings({"NonApiType", "ReferenceEquality", "OperatorPrecedence"})
class LeasesTest {
    private final Leases leases = new Leases();
    private final Holder holder = new Holder(1);

    private record Lease(Holder holder, long deadline, int note, int bytes) {}

    @Test
    void whatIsNotLeasedIsNotFound() {
        assertThat(leases.find(0)).isEqualTo(-1);
        assertThat(leases.size()).isZero();
        assertThat(leases.smallestOffset()).isEqualTo(Long.MAX_VALUE);
        assertThat(leases.of(1)).isEmpty();
    }

    @Test
    void aLeaseIsWhatItWasMadeOf() {
        leases.add(7, holder, 1_000, 3, 55);
        int slot = leases.find(7);
        assertThat(leases.holder(slot)).isSameAs(holder);
        assertThat(leases.deadlineMillis(slot)).isEqualTo(1_000);
        assertThat(leases.note(slot)).isEqualTo(3);
        assertThat(leases.bytes(slot)).isEqualTo(55);
        leases.deadlineMillis(slot, 2_000);
        assertThat(leases.deadlineMillis(leases.find(7))).isEqualTo(2_000);
    }

    @Test
    void whenItBeganIsKnownWhereSomebodyAsks() {
        leases.add(0, holder, 0, 0, 0);
        leases.begunMillis(leases.find(0), 7);
        assertThat(leases.begunMillis(leases.find(0))).isZero();
        leases.timed(true);
        for (int offset = 1; offset < 3_000; offset++) {
            leases.add(offset, holder, 0, 0, 0);
            leases.latestBegunMillis(1_000L + offset);
        }
        for (int offset = 1; offset < 3_000; offset += 2) {
            leases.remove(leases.find(offset));
        }
        for (int offset = 2; offset < 3_000; offset += 2) {
            assertThat(leases.begunMillis(leases.find(offset))).isEqualTo(1_000L + offset);
        }
        leases.add(1, holder, 0, 0, 0);
        assertThat(leases.begunMillis(leases.find(1))).as("not the one before's").isZero();
        leases.timed(false);
        assertThat(leases.begunMillis(leases.find(2))).isZero();
    }

    @Test
    void aMessageHasOneLease() {
        leases.add(7, holder, 0, 0, 0);
        assertThatThrownBy(() -> leases.add(7, holder, 0, 0, 0)).isInstanceOf(AssertionError.class);
    }

    @Test
    void holdersCountWhatTheyHold() {
        var other = new Holder(2);
        leases.add(1, holder, 0, 0, 0);
        leases.add(2, other, 0, 0, 0);
        leases.add(3, holder, 0, 0, 0);
        assertThat(holder.held()).isEqualTo(2);
        leases.remove(leases.find(1));
        assertThat(holder.held()).isEqualTo(1);
        assertThat(other.held()).isEqualTo(1);
    }

    @Test
    void theLeasesOfOneOwnerComeSorted() {
        for (long offset : new long[] {900, 5, 70_000, 3, 12}) {
            leases.add(offset, holder, 0, 0, 0);
            leases.add(offset + 1_000_000, new Holder(2), 0, 0, 0);
        }
        assertThat(leases.of(1)).containsExactly(3, 5, 12, 900, 70_000);
        assertThat(leases.smallestOffset()).isEqualTo(3);
    }

    /// Offsets that all want the same slot, also the last one of the table, so that the run goes on at its beginning.
    @Test
    void leasesThatWantTheSameSlotDoNotGetInEachOthersWay() {
        for (int wanted : new int[] {0, 9, 14, 15}) {
            var same = new ArrayList<Long>();
            for (long offset = 0; same.size() < 7; offset++) {
                if (((offset * 0x9E3779B97F4A7C15L >>> 32) & 15) == wanted) {
                    same.add(offset);
                }
            }
            for (int gone = 0; gone < same.size(); gone++) {
                var few = new Leases();
                same.forEach(offset -> few.add(offset, holder, offset, 0, 0));
                few.remove(few.find(same.get(gone)));
                for (long offset : same) {
                    int slot = few.find(offset);
                    if (offset == same.get(gone)) {
                        assertThat(slot).isEqualTo(-1);
                    } else {
                        assertThat(few.deadlineMillis(slot)).isEqualTo(offset);
                    }
                }
            }
        }
    }

    @Test
    void itGrowsAndGivesItsRoomBack() {
        leases.add(100_000, holder, 0, 0, 0);
        int least = leases.capacity();
        leases.remove(leases.find(100_000));
        LongStream.range(0, 100_000).forEach(offset -> leases.add(offset, holder, offset, 1, 2));
        assertThat(leases.size()).isEqualTo(100_000);
        LongStream.range(0, 100_000)
                .forEach(
                        offset ->
                                assertThat(leases.deadlineMillis(leases.find(offset)))
                                        .isEqualTo(offset));
        LongStream.range(0, 99_999).forEach(offset -> leases.remove(leases.find(offset)));
        assertThat(leases.capacity()).isLessThanOrEqualTo(2_048);
        leases.fit();
        assertThat(leases.capacity()).isEqualTo(least);
        assertThat(leases.of(1)).containsExactly(99_999);
        assertThat(holder.held()).isEqualTo(1);
    }

    @Test
    void itHasNoTableWhileNothingIsLeased() {
        leases.timed(true);
        assertThat(leases.capacity()).isEqualTo(1);
        leases.add(7, holder, 0, 0, 0);
        leases.latestBegunMillis(5);
        assertThat(leases.begunMillis(leases.find(7))).isEqualTo(5);
        leases.remove(leases.find(7));
        leases.fit();
        assertThat(leases.capacity()).isEqualTo(1);
        assertThat(leases.find(7)).isEqualTo(-1);
        leases.add(7, holder, 9, 0, 0);
        assertThat(leases.deadlineMillis(leases.find(7))).isEqualTo(9);
        assertThat(leases.begunMillis(leases.find(7))).isZero();
    }

    /// As with a prefetch of 500, acknowledged all at once.
    @Test
    void aTableThatFillsAndEmptiesAgainAndAgainKeepsItsRoom() {
        LongStream.range(0, 500).forEach(offset -> leases.add(offset, holder, 0, 0, 0));
        int needed = leases.capacity();
        for (int round = 0; round < 3; round++) {
            for (long offset = 0; offset < 500; offset++) {
                leases.remove(leases.find(offset));
                assertThat(leases.capacity()).isEqualTo(needed);
            }
            LongStream.range(0, 500).forEach(offset -> leases.add(offset, holder, 0, 0, 0));
            assertThat(leases.capacity()).isEqualTo(needed);
        }
    }

    @Test
    void itBehavesLikeAMap() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    var holders = List.of(holder, new Holder(2), new Holder(Holder.NOBODY));
                    var model = new HashMap<Long, Lease>();
                    int filling = 50;
                    for (int i = 0; i < 20_000; i++) {
                        filling = rng.chance(1) ? 30 + rng.below(40) : filling;
                        long offset =
                                rng.below(rng.chance(50) ? 100 : 2_000)
                                        * (rng.chance(50) ? 1L : 16L);
                        int slot = leases.find(offset);
                        assertThat(slot >= 0).isEqualTo(model.containsKey(offset));
                        if (slot < 0 && rng.chance(filling)) {
                            var lease =
                                    new Lease(
                                            holders.get(rng.below(3)),
                                            rng.below(1_000),
                                            rng.below(1_000),
                                            rng.below(1_000));
                            leases.add(
                                    offset,
                                    lease.holder(),
                                    lease.deadline(),
                                    lease.note(),
                                    lease.bytes());
                            model.put(offset, lease);
                        } else if (slot >= 0 && !rng.chance(filling)) {
                            leases.remove(slot);
                            model.remove(offset);
                        }
                        if (rng.chance(1)) {
                            leases.fit();
                        }
                        assertThat(leases.size()).isEqualTo(model.size());
                        if (i % 200 == 0) {
                            check(model);
                        }
                    }
                });
    }

    private void check(HashMap<Long, Lease> model) {
        var all = new HashMap<Long, Lease>();
        leases.forEach(
                (offset, its, deadline, note, bytes) ->
                        all.put(offset, new Lease(its, deadline, note, bytes)));
        assertThat(all).isEqualTo(model);
        assertThat(leases.of(1))
                .containsExactly(
                        model.entrySet().stream()
                                .filter(entry -> entry.getValue().holder() == holder)
                                .mapToLong(entry -> entry.getKey())
                                .sorted()
                                .toArray());
        assertThat(leases.smallestOffset())
                .isEqualTo(
                        model.keySet().stream()
                                .mapToLong(offset -> offset)
                                .min()
                                .orElse(Long.MAX_VALUE));
        assertThat((long) holder.held())
                .isEqualTo(
                        model.values().stream().filter(lease -> lease.holder() == holder).count());
    }
}
