package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.Death.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorityQueueStateTest {
    private final QueueState state = new QueueState(9);
    private final Holder holder = new Holder(1);
    private long end;

    @Test
    void higherPrioritiesComeFirstAndEqualOnesInTheirOrder() {
        publish(0, 5, 0, 9, 5, 9);
        assertThat(state.ready(end)).isEqualTo(6);
        assertThat(order()).containsExactly(3L, 5L, 1L, 4L, 0L, 2L);
        assertThat(state.ready(end)).isZero();
        assertThat(state.floor(end)).isEqualTo(6);
    }

    @Test
    void everyMessageIsARunOfItsOwn() {
        publish(5, 5, 5);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isZero();
        assertThat(state.foundLast()).isZero();
    }

    @Test
    void whatComesBackStandsWhereItStoodAmongItsEquals() {
        publish(5, 5, 5, 9, 1);
        lease(3, 0, 1);
        state.returned(1, true, 0);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(1);
        assertThat(state.foundReturned()).isEqualTo(1);
        state.returned(3, true, 0);
        assertThat(order()).containsExactly(3L, 1L, 2L, 4L);
    }

    @Test
    void whatComesBackBetweenOthersStandsThere() {
        publish(5, 5, 5);
        lease(0, 1);
        state.returned(1, true, 0);
        lease(1, 2);
        state.returned(2, true, 0);
        state.returned(0, true, 0);
        publish(5);
        assertThat(order()).containsExactly(0L, 2L, 3L);
    }

    @Test
    void aDelayedMessageKeepsItsPriority() {
        publish(1);
        state.examined(1, 7, 500);
        state.examinedTo(end = 2);
        publish(5);
        assertThat(state.ready(end)).isEqualTo(2);
        assertThat(state.floor(end)).isZero();
        assertThat(state.due(500)).isEqualTo(1);
        assertThat(order()).containsExactly(1L, 2L, 0L);
    }

    @Test
    void nothingIsFoundInLanesThatHaveRunEmpty() {
        publish(9, 0, 4);
        assertThat(order()).containsExactly(0L, 2L, 1L);
        assertThat(state.find(end)).isFalse();
        publish(0);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(3);
        publish(8);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(4);
        lease(4);
        state.returned(4, true, 0);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(4);
    }

    @Test
    void theFloorIsTheSmallestThatAnyLaneHolds() {
        publish(9, 1, 9);
        lease(0, 2);
        state.settled(0);
        assertThat(state.floor(end)).isEqualTo(1);
        state.gone(1);
        assertThat(state.floor(end)).isEqualTo(2);
        state.dying(2, Reason.REJECTED, 1);
        assertThat(state.floor(end)).isEqualTo(2);
        state.buried(1);
        assertThat(state.floor(end)).isEqualTo(3);
    }

    @Test
    void whatIsNotTheFirstOfItsLaneCannotBeTaken() {
        publish(5, 5);
        assertThat(state.leased(1, holder, 0, 0)).isFalse();
        assertThat(state.gone(1)).isFalse();
        assertThat(state.ready(end)).isEqualTo(2);
    }

    private void publish(int... priorities) {
        for (int priority : priorities) {
            state.examined(end++, priority, 0);
        }
        state.examinedTo(end);
    }

    private void lease(long... offsets) {
        for (long offset : offsets) {
            assertThat(state.leased(offset, holder, 0, 10)).isTrue();
        }
    }

    private List<Long> order() {
        return QueueStateTest.Handed.all(state, end);
    }
}
