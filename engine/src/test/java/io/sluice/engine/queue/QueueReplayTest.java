package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Facts that speak of records which are looked at only afterwards.
class QueueReplayTest {
    private static final PartitionId TARGET = new PartitionId(new UUID(1, 2), 0);

    private final QueueReplay plain = new QueueReplay(0);
    private final QueueReplay lanes = new QueueReplay(9);

    @Test
    void aDelayedMessageThatWasPassedIsStillDelayed() {
        facts(
                plain,
                facts -> facts.gone(0, 2),
                facts -> facts.passed(3),
                facts -> facts.leased(4, 0));
        plain.examined(3, 0, 500);
        plain.examinedTo(6);
        assertThat(plain.state().delayedCount()).isEqualTo(1);
        assertThat(plain.state().ready(6)).isEqualTo(1);
        plain.state().due(500);
        assertThat(QueueStateTest.Handed.all(plain.state(), 6)).containsExactly(3L, 5L);
    }

    @Test
    void aDelayedMessageThatNobodyHasComeToYetIsAHole() {
        facts(plain, facts -> facts.gone(0, 2));
        plain.examined(4, 0, 500);
        plain.examinedTo(6);
        assertThat(QueueStateTest.Handed.all(plain.state(), 6)).containsExactly(3L, 5L);
        assertThat(plain.state().delayedCount()).isEqualTo(1);
    }

    @Test
    void aDelayedMessageThatWasHandedOutWhenItsTimeCameIsLeased() {
        facts(
                plain,
                facts -> facts.passed(0),
                facts -> facts.due(500),
                facts -> facts.leased(0, 0));
        plain.examined(0, 0, 500);
        plain.examinedTo(1);
        assertThat(plain.state().delayedCount()).isZero();
        assertThat(plain.state().leases().size()).isEqualTo(1);
        assertThat(plain.state().ready(1)).isZero();
    }

    @Test
    void aDelayedMessageThatWentOrDiedWhenItsTimeCameIsNotDelayedAgain() {
        facts(
                plain,
                facts -> facts.passed(0),
                facts -> facts.passed(1),
                facts -> facts.due(500),
                facts -> facts.gone(0, 0),
                facts -> facts.dying(1, Reason.EXPIRED, 501));
        plain.examined(0, 0, 500);
        plain.examined(1, 0, 500);
        plain.examinedTo(2);
        assertThat(plain.state().delayedCount()).isZero();
        assertThat(plain.state().ready(2)).isZero();
        assertThat(plain.state().dying()).hasSize(1);
    }

    @Test
    void aMessageKeepsItsPriorityWhateverBecameOfItBeforeItIsLookedAt() {
        facts(
                lanes,
                facts -> facts.leased(0, 0),
                facts -> facts.leased(1, 0),
                facts -> facts.leased(2, 0),
                facts -> facts.leased(3, 0),
                facts -> facts.returned(1, true, 0),
                facts -> facts.returned(2, true, 900),
                facts -> facts.settled(3));
        for (long offset = 0; offset < 5; offset++) {
            lanes.examined(offset, 7, 0);
        }
        lanes.examinedTo(5);
        var state = lanes.state();
        assertThat(state.ready(5)).isEqualTo(2);
        assertThat(state.find(5)).isTrue();
        assertThat(state.foundFirst()).isEqualTo(1);
        assertThat(state.foundReturned()).isEqualTo(1);
        state.due(900);
        state.returned(0, false, 0);
        state.examined(5, 6, 0);
        state.examinedTo(6);
        assertThat(QueueStateTest.Handed.all(state, 6)).containsExactly(0L, 1L, 2L, 4L, 5L);
    }

    @Test
    void aSnapshotMakesAllBeforeItSuperfluous() {
        facts(plain, facts -> facts.leased(0, 0), facts -> facts.passed(1));
        var state = new QueueState(0);
        state.goneTo(7);
        state.examined(8, 0, 500);
        var bytes = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, 9, bytes);
        plain.snapshot(bytes.flip());
        assertThat(plain.examined()).isEqualTo(9);
        plain.examinedTo(12);
        assertThat(plain.state().leases().size()).isZero();
        assertThat(QueueStateTest.Handed.all(plain.state(), 12)).containsExactly(7L, 9L, 10L, 11L);
    }

    // ---- damaged journals: facts are missing

    @Test
    void whatWasPassedWhereFactsAreMissingComesAgain() {
        facts(plain, facts -> facts.leased(0, 0), facts -> facts.settled(0));
        plain.damaged();
        facts(
                plain,
                facts -> facts.settled(2),
                facts -> facts.leased(5, 0),
                facts -> facts.settled(4),
                facts -> facts.gone(8, 9),
                facts -> facts.dying(12, Reason.EXPIRED, 1),
                facts -> facts.passed(14));
        plain.examined(13, 0, 500);
        plain.examined(14, 0, 500);
        plain.examinedTo(0, 16);
        assertThat(plain.state().leases().of(Holder.NOBODY)).containsExactly(5);
        assertThat(plain.state().delayedCount()).isEqualTo(2);
        assertThat(plain.state().ready(16)).isEqualTo(7);
        assertThat(QueueStateTest.Handed.all(plain.state(), 16))
                .containsExactly(1L, 3L, 6L, 7L, 10L, 11L, 15L);
    }

    @Test
    void whatLiesBeforeThePartitionsStartDoesNotComeAgain() {
        plain.damaged();
        facts(plain, facts -> facts.leased(1_000_000_000_000L, 0));
        plain.examinedTo(999_999_999_998L, 1_000_000_000_001L);
        assertThat(QueueStateTest.Handed.all(plain.state(), 1_000_000_000_001L))
                .containsExactly(999_999_999_998L, 999_999_999_999L);
    }

    @Test
    void aDelayedMessageWhoseTimeCameWhereFactsAreMissingIsThereOnce() {
        var state = new QueueState(0);
        state.examined(0, 0, 500);
        var bytes = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, 1, bytes);
        plain.snapshot(bytes.flip());
        plain.damaged();
        facts(plain, facts -> facts.leased(0, 0), facts -> facts.due(600));
        plain.examinedTo(0, 1);
        assertThat(plain.state().leases().size()).isEqualTo(1);
        assertThat(plain.state().exceptions()).isEqualTo(1);
    }

    @Test
    void deadLettersOfWhichItIsNotKnownWhetherTheyArrivedGoAgainByANewProducer() {
        facts(
                plain,
                facts -> facts.producer(7),
                facts -> facts.dying(0, Reason.EXPIRED, 1),
                facts -> facts.begun(round(1, 0)));
        plain.damaged();
        facts(
                plain,
                facts -> facts.buried(1),
                facts -> facts.dying(2, Reason.EXPIRED, 1),
                facts -> facts.begun(round(1, 1)),
                facts -> facts.buried(1));
        plain.examinedTo(0, 3);
        assertThat(plain.state().outbox().producerId()).isEqualTo(Outbox.NO_PRODUCER);
        assertThat(plain.state().outbox().round()).isNull();
        assertThat(plain.state().dying()).extracting(Dying::offset).containsExactly(0L, 2L);
    }

    @Test
    void aSnapshotMakesDamageBeforeItSuperfluous() {
        plain.damaged();
        var state = new QueueState(0);
        state.goneTo(7);
        var bytes = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, 9, bytes);
        plain.snapshot(bytes.flip());
        facts(plain, facts -> facts.gone(8, 8));
        plain.examinedTo(0, 9);
        assertThat(plain.state().ready(9)).isZero();
    }

    @Test
    void aRoundWhoseEndIsMissingHasEndedWhenTheNextOneBegins() {
        facts(
                plain,
                facts -> facts.dying(0, Reason.EXPIRED, 1),
                facts -> facts.dying(1, Reason.EXPIRED, 1),
                facts -> facts.begun(round(1, 0)),
                facts -> facts.begun(round(1, 1)));
        assertThat(plain.state().outbox().round()).isEqualTo(round(1, 1));
        assertThat(plain.state().dying()).extracting(Dying::offset).containsExactly(1L);
    }

    @Test
    void aRoundWhoseMessagesAreMissingIsNone() {
        facts(plain, facts -> facts.dying(0, Reason.EXPIRED, 1), facts -> facts.begun(round(2, 0)));
        plain.examinedTo(5);
        assertThat(plain.state().outbox().round()).isNull();
        assertThat(plain.state().outbox().nextSequence(TARGET)).isEqualTo(1);
    }

    @Test
    void aLeaseThatCannotBeIsNone() {
        var state = new QueueState(9);
        state.examined(0, 5, 0);
        state.examined(2, 5, 0);
        state.examined(3, 5, 0);
        state.examinedTo(4);
        var bytes = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, 4, bytes);
        lanes.snapshot(bytes.flip());
        facts(lanes, facts -> facts.leased(1, 0), facts -> facts.settled(1));
        lanes.examinedTo(4);
        assertThat(lanes.state().leases().size()).isZero();
        assertThat(QueueStateTest.Handed.all(lanes.state(), 4)).containsExactly(0L, 2L, 3L);
    }

    @Test
    void whatWasTakenFromTheMiddleOfALaneStaysTaken() {
        var state = new QueueState(9);
        for (long offset = 0; offset < 4; offset++) {
            state.examined(offset, 5, 0);
        }
        state.examinedTo(4);
        var bytes = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, 4, bytes);
        lanes.snapshot(bytes.flip());
        facts(
                lanes,
                facts -> facts.leased(1, 0),
                facts -> facts.settled(1),
                facts -> facts.gone(3, 3));
        lanes.examinedTo(4);
        assertThat(QueueStateTest.Handed.all(lanes.state(), 4)).containsExactly(0L, 2L);
    }

    @Test
    void aMessageWhoseReturnIsMissingIsLeasedOnce() {
        facts(plain, facts -> facts.leased(0, 0), facts -> facts.leased(0, 50));
        assertThat(plain.state().leases().size()).isEqualTo(1);
    }

    @Test
    void factsAboutNothingChangeNothing() {
        facts(
                plain,
                facts -> facts.settled(5),
                facts -> facts.returned(6, true, 0),
                facts -> facts.extended(7, 70),
                facts -> facts.buried(3),
                facts -> facts.started());
        assertThat(plain.state().ready(10)).isEqualTo(10);
        assertThat(plain.state().exceptions()).isZero();
    }

    private static Outbox.Round round(int count, int sequence) {
        return new Outbox.Round(count, List.of(new Outbox.Target(TARGET, sequence, List.of(0))));
    }

    @SafeVarargs
    private static void facts(QueueReplay replay, Consumer<QueueFacts>... all) {
        var facts = new QueueFacts();
        for (var fact : all) {
            fact.accept(facts);
        }
        var into = ByteBuffer.allocate(facts.size() + 1);
        facts.drainTo(into);
        replay.facts(into.flip());
    }
}
