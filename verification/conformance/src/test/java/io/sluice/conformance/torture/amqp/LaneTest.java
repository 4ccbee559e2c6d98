package io.sluice.conformance.torture.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.amqp.Stay.Arrival;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final Letter LETTER = new Letter(0, 1, false, 7);
    private static final Letter DOOMED = new Letter(0, 1, true, 7);

    private final Lives lives = new Lives();
    private final Lane lane = new Lane("lane", lives, true);

    @Test
    void whatWasConfirmedAndNeverSettledIsOpen() {
        lane.confirm(lane.send(LETTER));
        lane.confirm(lane.send(LETTER));
        var _ = lane.send(LETTER);
        var _ = arrives(0, "a", false);

        assertThat(lane.open()).hasSize(2);
        lane.settle(0, Place.CLASSIC, lives.now());

        assertThat(lane.open()).singleElement().asString().startsWith("1 of lane");
    }

    @Test
    void aDoomedCopyIsOpenUntilItsDeadLetterIsSettled() {
        lane.confirm(lane.send(DOOMED));
        var _ = lane.arrives(0, DOOMED, Place.CLASSIC, "a", 1, false);
        lane.settle(0, Place.CLASSIC, 1);
        assertThat(lane.open()).hasSize(1);

        var _ = lane.arrives(0, DOOMED, Place.DEAD, "b", 1, false);
        lane.settle(0, Place.DEAD, 1);

        assertThat(lane.open()).isEmpty();
    }

    @Test
    void nobodyIsGivenWhatAnotherHolds() {
        var _ = lane.send(LETTER);
        var _ = arrives(0, "a", false);

        assertThatThrownBy(() -> arrives(0, "b", true))
                .hasMessage(
                        "ONE_HOLDER_AT_A_TIME: copy 0 of lane in torture.classic is given to b, a has it");
    }

    @Test
    void whatIsGivenBackComesAgainAndSaysSo() {
        var _ = lane.send(LETTER);
        var _ = arrives(0, "a", false);
        lane.release(0, Place.CLASSIC, 1);

        assertThatThrownBy(() -> arrives(0, "b", false))
                .hasMessageContaining("WHAT_COMES_AGAIN_SAYS_SO");
        assertThat(arrives(0, "b", true)).isEqualTo(Arrival.AGAIN);
    }

    @Test
    void anAcknowledgedCopyComesAgainOnlyAfterAKill() {
        var _ = lane.send(LETTER);
        var _ = arrives(0, "a", false);
        lane.settle(0, Place.CLASSIC, lives.now());

        assertThatThrownBy(() -> arrives(0, "b", true))
                .hasMessageContaining("AN_ACKNOWLEDGEMENT_IS_FINAL");
        lives.end();

        assertThat(arrives(0, "b", false)).isEqualTo(Arrival.AFTER_ITS_ACKNOWLEDGEMENT);
        assertThat(lane.afterTheirAcknowledgement()).isEqualTo(1);
    }

    @Test
    void anAcknowledgedCopyNeverComesAgainOnceTheQueuesWereEmpty() {
        var _ = lane.send(LETTER);
        var _ = arrives(0, "a", false);
        lane.settle(0, Place.CLASSIC, lives.now());
        lives.end();
        lives.drained();
        lives.end();

        assertThatThrownBy(() -> arrives(0, "b", true))
                .hasMessageContaining("AN_ACKNOWLEDGEMENT_IS_FINAL");
    }

    @Test
    void whatComesLateFromBeforeAKillCountsForNothing() {
        var _ = lane.send(LETTER);
        lives.end();
        assertThat(arrives(0, "b", false)).isEqualTo(Arrival.FIRST);

        assertThat(lane.arrives(0, LETTER, Place.CLASSIC, "a", 1, false))
                .isEqualTo(Arrival.TOO_LATE);
        lane.settle(0, Place.CLASSIC, 1);
        lane.release(0, Place.CLASSIC, 1);

        assertThatThrownBy(() -> arrives(0, "c", true))
                .hasMessageContaining("ONE_HOLDER_AT_A_TIME");
    }

    @Test
    void aDeadLetterDoesNotComeOutOfItsQueueAgain() {
        var _ = lane.send(DOOMED);
        var _ = lane.arrives(0, DOOMED, Place.CLASSIC, "a", 1, false);
        lane.settle(0, Place.CLASSIC, 1);
        var _ = lane.arrives(0, DOOMED, Place.DEAD, "b", 1, false);
        lives.end();

        assertThatThrownBy(() -> lane.arrives(0, DOOMED, Place.CLASSIC, "a", 2, true))
                .hasMessageContaining("A_DEAD_LETTER_LEAVES_ITS_QUEUE");
    }

    @Test
    void whatNobodyHasSentAndWhatIsNotWhatWasSentIsFound() {
        var _ = lane.send(LETTER);

        assertThatThrownBy(() -> arrives(1, "a", false))
                .hasMessageContaining("NOTHING_IS_INVENTED");
        assertThatThrownBy(() -> lane.arrives(0, DOOMED, Place.CLASSIC, "a", 1, false))
                .hasMessageContaining("MESSAGES_ARE_WHAT_WAS_SENT");
        assertThatThrownBy(() -> lane.arrives(0, LETTER, Place.DEAD, "a", 1, false))
                .hasMessageContaining("NOTHING_IS_INVENTED");
    }

    @Test
    void aMessageThatComesInTwoCopiesIsCounted() {
        var _ = lane.send(LETTER);
        var _ = lane.send(LETTER);

        assertThat(arrives(0, "a", false)).isEqualTo(Arrival.FIRST);
        assertThat(lane.doubled()).isZero();
        assertThat(arrives(1, "a", false)).isEqualTo(Arrival.FIRST);

        assertThat(lane.doubled()).isEqualTo(1);
    }

    private Arrival arrives(int copy, String by, boolean redelivered) {
        return lane.arrives(copy, LETTER, Place.CLASSIC, by, lives.now(), redelivered);
    }
}
