package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.broker.message.Death.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueStateTest {
    private static final long NEVER = Long.MAX_VALUE;

    private final QueueState state = new QueueState(0);
    private final Holder holder = new Holder(1);
    private long end = 10;

    @Test
    void anEmptyQueueHasNothing() {
        assertThat(state.find(0)).isFalse();
        assertThat(state.ready(0)).isZero();
        assertThat(state.floor(0)).isZero();
        assertThat(state.nextDueMillis()).isEqualTo(NEVER);
        assertThat(state.nextDeadlineMillis()).isEqualTo(NEVER);
        assertThat(state.holeInFront()).isEqualTo(-1);
    }

    @Test
    void aBacklogIsOneRun() {
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isZero();
        assertThat(state.foundLast()).isEqualTo(9);
        assertThat(state.foundReturned()).isZero();
        assertThat(state.ready(end)).isEqualTo(10);
    }

    @Test
    void whatIsLeasedIsNotReadyAndWhatIsSettledIsGone() {
        lease(0, 1, 2);
        assertThat(order()).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(state.floor(end)).isZero();
        state.settled(0);
        state.settled(2);
        assertThat(state.floor(end)).isEqualTo(1);
        state.settled(1);
        assertThat(state.floor(end)).isEqualTo(10);
        assertThat(state.exceptions()).isZero();
    }

    @Test
    void aMessageIsLeasedOnce() {
        lease(0);
        assertThat(state.leased(0, holder, 0, 0)).isFalse();
        state.settled(0);
        assertThat(state.leased(0, holder, 0, 0)).isFalse();
        assertThat(holder.held()).isZero();
    }

    @Test
    void whatComesBackStandsBeforeWhatIsFresh() {
        lease(0, 1, 2, 3);
        state.returned(3, true, 0);
        state.returned(1, true, 0);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(1);
        assertThat(state.foundLast()).isEqualTo(1);
        assertThat(state.foundReturned()).isEqualTo(1);
        assertThat(state.ready(end)).isEqualTo(8);
        assertThat(order()).containsExactly(1L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void onlyCountedReturnsCount() {
        lease(0);
        state.returned(0, false, 0);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundReturned()).isZero();
        lease(0);
        state.returned(0, true, 0);
        lease(0);
        state.returned(0, true, 0);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundReturned()).isEqualTo(2);
    }

    @Test
    void whatIsNotLeasedCannotComeBackOrBeSettled() {
        state.returned(0, true, 0);
        state.settled(0);
        state.extended(0, 100);
        assertThat(state.ready(end)).isEqualTo(10);
        assertThat(state.nextDeadlineMillis()).isEqualTo(NEVER);
    }

    // ---- delays

    @Test
    void aDelayedMessageIsAHoleUntilItIsDue() {
        state.examined(3, 0, 500);
        assertThat(state.ready(end)).isEqualTo(9);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundLast()).isEqualTo(2);
        lease(0, 1, 2);
        assertThat(state.holeInFront()).isEqualTo(3);
        state.passed(3);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(4);
        assertThat(state.nextDueMillis()).isEqualTo(500);
        assertThat(state.due(499)).isZero();
        assertThat(state.due(500)).isEqualTo(1);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(3);
        assertThat(state.foundReturned()).isZero();
    }

    @Test
    void aDelayedMessageThatIsDueBeforeItsTurnWaitsForItsTurn() {
        state.examined(3, 0, 500);
        state.due(500);
        assertThat(state.ready(end)).isEqualTo(10);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isZero();
        assertThat(state.foundLast()).isEqualTo(2);
        assertThat(order()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void delayedMessagesMayStandAtTheFrontAtTheEndAndInARow() {
        for (long hole : new long[] {0, 1, 5, 9}) {
            state.examined(hole, 0, 500 - hole);
        }
        assertThat(order()).containsExactly(2L, 3L, 4L, 6L, 7L, 8L);
        assertThat(state.due(500)).isEqualTo(4);
        assertThat(order()).containsExactly(0L, 1L, 5L, 9L);
    }

    @Test
    void whatComesBackMayWaitForItsTime() {
        lease(0, 1);
        state.returned(0, true, 700);
        assertThat(state.delayedCount()).isEqualTo(1);
        assertThat(state.floor(end)).isZero();
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(2);
        assertThat(state.due(700)).isEqualTo(1);
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isZero();
        assertThat(state.foundReturned()).isEqualTo(1);
    }

    // ---- gone

    @Test
    void aRangeGoesUpToTheNextHole() {
        state.examined(4, 0, 500);
        assertThat(state.find(end)).isTrue();
        state.goneTo(state.foundLast() + 1);
        assertThat(state.fresh()).isEqualTo(4);
        assertThat(state.holeInFront()).isEqualTo(4);
        assertThat(state.ready(end)).isEqualTo(5);
    }

    @Test
    void aReadyMessageGoesOnce() {
        assertThat(state.gone(0)).isTrue();
        assertThat(state.gone(0)).isFalse();
        lease(1);
        assertThat(state.gone(1)).isFalse();
        state.returned(1, true, 0);
        assertThat(state.gone(1)).isTrue();
        assertThat(state.ready(end)).isEqualTo(8);
        assertThat(state.floor(end)).isEqualTo(2);
    }

    @Test
    void aPurgeTakesAllThatIsReadyAndNothingElse() {
        lease(0, 1, 2);
        state.returned(1, true, 0);
        state.examined(5, 0, 500);
        state.examined(7, 0, 100);
        state.due(100);
        assertThat(order()).containsExactly(1L, 3L, 4L, 6L, 7L, 8L, 9L);
        assertThat(state.ready(end)).isZero();
        assertThat(state.leases().size()).isEqualTo(2);
        assertThat(state.delayedCount()).isEqualTo(1);
        end = 12;
        assertThat(state.ready(end)).isEqualTo(2);
        state.due(500);
        assertThat(order()).containsExactly(5L, 10L, 11L);
    }

    @Test
    void offsetsThatDoNotExistAreSkippedByWhatIsTakenBehindThem() {
        lease(0, 4);
        assertThat(state.fresh()).isEqualTo(5);
        assertThat(state.ready(end)).isEqualTo(5);
    }

    // ---- deadlines

    @Test
    void leasesEndInTheOrderOfTheirDeadlines() {
        state.leased(0, holder, 300, 0);
        state.leased(1, holder, 100, 0);
        state.leased(2, holder, 0, 0);
        assertThat(state.nextDeadlineMillis()).isEqualTo(100);
        assertThat(state.nextDeadlineOffset()).isEqualTo(1);
        state.settled(1);
        assertThat(state.nextDeadlineMillis()).isEqualTo(300);
        state.returned(0, true, 0);
        assertThat(state.nextDeadlineMillis()).isEqualTo(NEVER);
    }

    @Test
    void aDeadlineMovesEitherWay() {
        state.leased(0, holder, 300, 0);
        state.leased(1, holder, 200, 0);
        state.extended(1, 400);
        assertThat(state.nextDeadlineMillis()).isEqualTo(300);
        state.extended(1, 50);
        assertThat(state.nextDeadlineMillis()).isEqualTo(50);
        assertThat(state.nextDeadlineOffset()).isEqualTo(1);
        state.extended(1, 0);
        assertThat(state.nextDeadlineMillis()).as("as long as its holder lives").isEqualTo(300);
    }

    @Test
    void aMessageThatIsLeasedAgainHasItsNewDeadline() {
        state.leased(0, holder, 100, 0);
        state.returned(0, true, 0);
        state.leased(0, holder, 900, 0);
        assertThat(state.nextDeadlineMillis()).isEqualTo(900);
    }

    // ---- dead letters

    @Test
    void whoDiesLeavesItsPlaceAndStaysUntilItIsBuried() {
        lease(0);
        state.dying(0, Reason.REJECTED, 77);
        state.dying(1, Reason.EXPIRED, 78);
        assertThat(holder.held()).isZero();
        assertThat(state.find(end)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(2);
        assertThat(state.dying())
                .extracting(Dying::offset, Dying::reason)
                .containsExactly(tuple(0L, Reason.REJECTED), tuple(1L, Reason.EXPIRED));
        assertThat(state.floor(end)).isZero();
        state.buried(1);
        assertThat(state.floor(end)).isEqualTo(1);
        state.buried(5);
        assertThat(state.floor(end)).isEqualTo(2);
    }

    // ---- starts

    @Test
    void aStartGivesBackWhatNobodyHoldsUnlessItHasADeadline() {
        var nobody = new Holder(Holder.NOBODY);
        state.leased(0, nobody, 0, 0);
        state.leased(1, nobody, 900, 0);
        state.leased(2, holder, 0, 0);
        state.started();
        assertThat(order()).startsWith(0L, 3L);
        assertThat(state.leases().of(Holder.NOBODY)).containsExactly(1);
        assertThat(state.leases().of(1)).containsExactly(2);
    }

    @Test
    void deletedRecordsAreNeitherReadyNorDelayed() {
        state.examined(1, 0, 500);
        state.examined(6, 0, 500);
        lease(0);
        state.passed(1);
        lease(2, 3);
        state.returned(0, true, 0);
        state.returned(3, true, 0);
        state.startMoved(5);
        assertThat(state.fresh()).isEqualTo(5);
        assertThat(state.delayedCount()).isEqualTo(1);
        assertThat(state.leases().of(1)).as("its holder settles it").containsExactly(2);
        assertThat(order()).containsExactly(5L, 7L, 8L, 9L);
        state.startMoved(3);
        assertThat(state.fresh()).isEqualTo(10);
    }

    @Test
    void exceptionsAreWhatIsOutOfTheOrdinary() {
        lease(0, 1, 2, 3);
        state.returned(0, true, 0);
        state.returned(1, true, 900);
        state.dying(2, Reason.REJECTED, 1);
        state.examined(8, 0, 500);
        assertThat(state.exceptions()).isEqualTo(5);
        assertThat(state.exceptionsBefore(4)).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(state.exceptionsBefore(2)).containsExactlyInAnyOrder(0, 1);
    }

    private void lease(long... offsets) {
        for (long offset : offsets) {
            assertThat(state.leased(offset, holder, 0, 10)).isTrue();
        }
    }

    /// All that is ready, which is gone by this.
    private List<Long> order() {
        return Handed.all(state, end);
    }

    /// Takes out what is ready.
    static final class Handed {
        private Handed() {}

        static List<Long> all(QueueState state, long end) {
            var order = new ArrayList<Long>();
            while (true) {
                for (long hole = state.holeInFront(); hole >= 0; hole = state.holeInFront()) {
                    state.passed(hole);
                }
                if (!state.find(end)) {
                    return order;
                }
                for (long at = state.foundFirst(); at <= state.foundLast(); at++) {
                    order.add(at);
                    assertThat(state.gone(at)).isTrue();
                }
            }
        }
    }
}
