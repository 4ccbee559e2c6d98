package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.Death.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Queues whose messages have keys, through the state that owns the lanes.
class KeyedReadyTest {
    private static final long A = 1;
    private static final long B = 2;
    private static final long C = 3;

    private final Holder holder = new Holder(9);
    private final Map<Long, Long> keys = new HashMap<>();
    private long end;

    private QueueState state(boolean strict) {
        var state = new QueueState(0, true);
        state.key(strict, _ -> 0);
        return state;
    }

    private void publish(QueueState state, long... itsKeys) {
        for (long key : itsKeys) {
            publishDue(state, key, 0);
        }
    }

    private void publishDue(QueueState state, long key, long dueMillis) {
        keys.put(end, key);
        state.examined(end++, 0, key, dueMillis);
        state.examinedTo(end);
    }

    /// What one hand-out gives, of so many at most.
    private List<Long> hand(QueueState state, int max) {
        var handed = new ArrayList<Long>();
        while (handed.size() < max && state.find(end)) {
            assertThat(state.foundLast()).isEqualTo(state.foundFirst());
            assertThat(state.leased(state.foundFirst(), holder, 1_000, 10)).isTrue();
            handed.add(state.foundFirst());
        }
        state.round();
        return handed;
    }

    @Test
    void aHandOutTakesAllOfOneKeyBeforeTheNext() {
        var state = state(true);
        publish(state, A, B, A, B, A);
        assertThat(hand(state, 10)).containsExactly(0L, 2L, 4L, 1L, 3L);
    }

    @Test
    void aKeyHasOneHolderAtATime() {
        var state = state(true);
        publish(state, A, A, B, B);
        assertThat(hand(state, 1)).containsExactly(0L);
        assertThat(hand(state, 1)).containsExactly(2L);
        assertThat(hand(state, 10)).isEmpty();
        assertThat(state.ready(end)).isEqualTo(2);
        assertThat(state.isReady(1, end)).isTrue();
    }

    @Test
    void aKeyIsFreeAgainWhenAllThatWasHandedOutIsSettled() {
        var state = state(true);
        publish(state, A, A, A);
        assertThat(hand(state, 2)).containsExactly(0L, 1L);
        state.settled(0);
        assertThat(hand(state, 1)).isEmpty();
        state.settled(1);
        assertThat(hand(state, 1)).containsExactly(2L);
    }

    @Test
    void aKeyIsFreeAgainWhenItsMessageComesBackAndThatComesFirst() {
        var state = state(true);
        publish(state, A, A);
        hand(state, 1);
        state.returned(0, true, 0);
        assertThat(hand(state, 2)).containsExactly(0L, 1L);
    }

    /// Two of a key are out, and the second comes back while the first is worked on.
    @Test
    void whatComesBackWaitsForTheOthersOfItsKey() {
        var state = state(true);
        publish(state, A, A, A);
        hand(state, 2);
        state.returned(1, true, 0);
        assertThat(hand(state, 5)).isEmpty();
        state.returned(0, true, 0);
        assertThat(hand(state, 5)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aKeyIsLockedUntilTheNextTryOfItsMessage() {
        var state = state(true);
        publish(state, A, A, B);
        hand(state, 1);
        state.returned(0, true, 500);
        assertThat(hand(state, 5)).containsExactly(2L);
        assertThat(state.due(499)).isZero();
        assertThat(hand(state, 5)).isEmpty();
        assertThat(state.due(500)).isEqualTo(1);
        assertThat(hand(state, 5)).containsExactly(0L, 1L);
    }

    @Test
    void aKeyIsFreeAgainWhenItsMessageDies() {
        var state = state(true);
        publish(state, A, A);
        hand(state, 1);
        state.dying(0, Reason.REJECTED, 1);
        assertThat(hand(state, 1)).containsExactly(1L);
    }

    @Test
    void aLaterMessageUnlocksNothing() {
        var state = state(true);
        publish(state, A);
        hand(state, 1);
        publish(state, A, A);
        assertThat(hand(state, 5)).isEmpty();
        state.settled(0);
        assertThat(hand(state, 5)).containsExactly(1L, 2L);
    }

    @Test
    void aKeyThatWasUsedUpComesBackWithItsNextMessage() {
        var state = state(true);
        publish(state, A);
        hand(state, 1);
        state.settled(0);
        assertThat(state.ready(end)).isZero();
        assertThat(state.floor(end)).isEqualTo(1);
        publish(state, A);
        assertThat(hand(state, 5)).containsExactly(1L);
    }

    @Test
    void aMessageThatWaitsHoldsBackLaterOnesOfItsKeyOnly() {
        var state = state(true);
        publish(state, A);
        publishDue(state, A, 500);
        publish(state, A, B);
        assertThat(hand(state, 10)).containsExactly(0L, 3L);
        state.settled(0);
        assertThat(hand(state, 10)).isEmpty();
        assertThat(state.due(500)).isEqualTo(1);
        assertThat(hand(state, 10)).containsExactly(1L, 2L);
    }

    @Test
    void whatALockedKeyHoldsGoesWithAPurge() {
        for (boolean strict : List.of(true, false)) {
            end = 0;
            var state = state(strict);
            publish(state, A, A, B);
            hand(state, 1);
            var gone = new ArrayList<Long>();
            state.purged(gone::add);
            assertThat(gone).containsExactlyInAnyOrder(1L, 2L);
            assertThat(state.ready(end)).isZero();
            state.returned(0, true, 0);
            assertThat(hand(state, 5)).containsExactly(0L);
        }
    }

    @Test
    void whatLiesBeforeThePartitionsStartGoes() {
        var state = state(true);
        publish(state, A, B, A);
        publishDue(state, B, 500);
        publish(state, B, A);
        hand(state, 1);
        state.startMoved(4);
        assertThat(state.delayedCount()).isZero();
        assertThat(hand(state, 5)).containsExactly(4L);
        state.settled(0);
        assertThat(hand(state, 5)).containsExactly(5L);
    }

    @Test
    void keysTakeTurns() {
        var state = state(false);
        publish(state, A, A, A, A, B, C, C);
        assertThat(hand(state, 10)).containsExactly(0L, 4L, 5L, 1L, 6L, 2L, 3L);
    }

    @Test
    void oneNoisyKeyKeepsNobodyWaiting() {
        var state = state(false);
        for (int i = 0; i < 10_000; i++) {
            publish(state, A);
        }
        hand(state, 100);
        publish(state, B, C);
        assertThat(hand(state, 3)).contains(10_000L, 10_001L);
    }

    @Test
    void inTurnsNothingIsLocked() {
        var state = state(false);
        publish(state, A, A);
        publishDue(state, A, 500);
        publish(state, A);
        assertThat(hand(state, 1)).containsExactly(0L);
        assertThat(hand(state, 1)).containsExactly(1L);
        assertThat(hand(state, 1)).containsExactly(3L);
        state.due(500);
        state.returned(0, true, 0);
        assertThat(hand(state, 5)).containsExactly(0L, 2L);
    }

    @Test
    void aMessageCanBeTakenFromTheMiddle() {
        var state = state(false);
        publish(state, A, A, B, A);
        assertThat(state.isReady(1, end)).isTrue();
        assertThat(state.gone(1)).isTrue();
        assertThat(state.isReady(1, end)).isFalse();
        assertThat(state.leased(3, holder, 50, 10)).isTrue();
        assertThat(state.ready(end)).isEqualTo(2);
        assertThat(hand(state, 5)).containsExactlyInAnyOrder(0L, 2L);
    }

    @Test
    void aRestartFindsTheSameLocks() {
        for (boolean strict : List.of(true, false)) {
            end = 0;
            var state = state(strict);
            publish(state, A, B, A, C, A, C);
            publishDue(state, B, 500);
            publish(state, B);
            hand(state, 1);
            state.returned(0, true, 700);
            assertThat(hand(state, 1)).containsExactly(1L);
            var again = restarted(state, strict);
            assertThat(again.ready(end)).isEqualTo(state.ready(end));
            assertThat(hand(again, 2)).containsExactlyInAnyOrderElementsOf(hand(state, 2));
            if (strict) {
                assertThat(hand(again, 10)).isEmpty();
            }
            for (var one : List.of(state, again)) {
                one.settled(1);
                one.due(700);
                assertThat(hand(one, 10)).containsExactlyInAnyOrderElementsOf(left(strict));
            }
        }
    }

    private static List<Long> left(boolean strict) {
        return strict ? List.of(0L, 2L, 4L, 6L, 7L) : List.of(0L, 5L, 4L, 6L, 7L);
    }

    /// A fresh message before a leased one of its key: the lane has its turn all the same.
    @Test
    void inTurnsALeaseOfALaterMessageHoldsNothingBackAfterARestart() {
        var state = state(false);
        publish(state, A, A);
        state.leased(1, holder, 50, 10);
        assertThat(hand(restarted(state, false), 5)).containsExactly(0L);
    }

    @Test
    void aSnapshotSaysWhetherAnythingHasAKey() {
        var state = state(false);
        assertThat(keysFrom(state)).isEqualTo(end);
        publish(state, 0, 0);
        hand(state, 1);
        assertThat(keysFrom(state)).isEqualTo(2);
        publish(state, A);
        assertThat(keysFrom(state)).isZero();
        assertThat(hand(state, 2)).containsExactlyInAnyOrder(1L, 2L);
        assertThat(keysFrom(state)).isZero();
        state.settled(2);
        assertThat(keysFrom(state)).isEqualTo(3);
    }

    private long keysFrom(QueueState state) {
        return read(state).keysFrom();
    }

    private QueueSnapshot.Read read(QueueState state) {
        var bytes = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, end, bytes);
        var read = QueueSnapshot.read(bytes.flip(), 0, true);
        assertThat(bytes.hasRemaining()).isFalse();
        return read;
    }

    private QueueState restarted(QueueState state, boolean strict) {
        var again = read(state).state();
        again.key(strict, offset -> keys.getOrDefault(offset, 0L));
        return again;
    }
}
