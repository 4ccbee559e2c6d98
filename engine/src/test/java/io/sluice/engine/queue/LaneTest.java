package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Lane lane = new Lane(7);

    @Test
    void theFirstIsTheSmallestOfThoseThatCameByAndThoseThatCameBack() {
        assertThat(lane.first()).isEqualTo(-1);
        lane.add(3);
        lane.add(5);
        assertThat(lane.take(3)).isZero();
        assertThat(lane.first()).isEqualTo(5);
        lane.back(3, Note.of(2, 0));
        assertThat(lane.first()).isEqualTo(3);
        assertThat(lane.note(3)).isEqualTo(Note.of(2, 0));
        assertThat(lane.take(3)).isEqualTo(Note.of(2, 0));
        assertThat(lane.away).isEqualTo(1);
    }

    @Test
    void oneThatWaitsHoldsBackLaterOnesOnly() {
        lane.add(3);
        lane.waits(4);
        lane.add(5);
        assertThat(lane.firstInOrder()).isEqualTo(3);
        lane.take(3);
        assertThat(lane.firstInOrder()).isEqualTo(-1);
        assertThat(lane.first()).isEqualTo(5);
        lane.back(4, 0);
        assertThat(lane.firstInOrder()).isEqualTo(4);
        assertThat(lane.away).isEqualTo(1);
    }

    @Test
    void oneIsTakenFromTheMiddleAndTheOthersStayAsTheyWere() {
        lane.add(1);
        lane.add(2);
        lane.add(3);
        assertThat(lane.take(2)).isZero();
        assertThat(lane.take(2)).isEqualTo(-1);
        assertThat(lane.take(9)).isEqualTo(-1);
        assertThat(lane.isFresh(1)).isTrue();
        assertThat(lane.isFresh(2)).isFalse();
        assertThat(fresh()).containsExactly(1L, 3L);
        assertThat(lane.returnedCount()).isZero();
        assertThat(lane.away).isEqualTo(1);
    }

    @Test
    void itIsEmptyWhenNothingOfItIsReadyWaitingOrAway() {
        assertThat(lane.isEmpty()).isTrue();
        lane.add(1);
        lane.waits(2);
        lane.take(1);
        assertThat(lane.isEmpty()).isFalse();
        lane.left(1);
        assertThat(lane.isEmpty()).isFalse();
        lane.left(2);
        assertThat(lane.isEmpty()).isTrue();
        assertThatThrownBy(() -> lane.left(1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void whatLiesBeforeAnOffsetIsDropped() {
        lane.add(1);
        lane.add(2);
        lane.add(6);
        lane.take(1);
        lane.back(1, Note.of(1, 0));
        lane.take(6);
        var dropped = new ArrayList<Long>();
        lane.dropBefore(6, dropped::add);
        assertThat(dropped).containsExactlyInAnyOrder(1L, 2L);
        assertThat(lane.first()).isEqualTo(-1);
        assertThat(lane.away).isEqualTo(1);
        assertThat(lane.smallestOffset()).isEqualTo(Long.MAX_VALUE);
    }

    private List<Long> fresh() {
        var all = new ArrayList<Long>();
        lane.forEachFresh(all::add);
        return all;
    }
}
