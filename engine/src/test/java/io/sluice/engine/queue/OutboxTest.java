package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final PartitionId ONE = new PartitionId(new UUID(1, 2), 0);
    private static final PartitionId OTHER = new PartitionId(new UUID(-1, Long.MIN_VALUE), 300);

    private final QueueState state = new QueueState(0);
    private final Outbox outbox = state.outbox();

    @Test
    void aNewOneHasNothing() {
        assertThat(outbox.producerId()).isEqualTo(Outbox.NO_PRODUCER);
        assertThat(outbox.round()).isNull();
        assertThat(outbox.nextSequence(ONE)).isZero();
    }

    @Test
    void everyTargetCountsItsOwnSequence() {
        outbox.begun(
                round(
                        3,
                        new Outbox.Target(ONE, 0, List.of(0, 1, 2)),
                        new Outbox.Target(OTHER, 0, List.of(1))));
        assertThat(outbox.nextSequence(ONE)).isEqualTo(3);
        assertThat(outbox.nextSequence(OTHER)).isEqualTo(1);
        state.buried(3);
        outbox.begun(round(1, new Outbox.Target(ONE, 3, List.of(0))));
        assertThat(outbox.nextSequence(ONE)).isEqualTo(4);
        assertThat(outbox.nextSequence(OTHER)).isEqualTo(1);
    }

    @Test
    void sequencesBeginAnewBehindTheLargest() {
        outbox.begun(round(2, new Outbox.Target(ONE, Integer.MAX_VALUE, List.of(0, 1))));
        assertThat(outbox.nextSequence(ONE)).isEqualTo(1);
    }

    @Test
    void oneRoundIsUnderWayAtATime() {
        outbox.begun(round(1));
        assertThatThrownBy(() -> outbox.begun(round(1))).isInstanceOf(AssertionError.class);
    }

    @Test
    void theFirstThatDiedAreBuried() {
        for (int offset = 0; offset < 5; offset++) {
            state.dying(offset, Reason.EXPIRED, 100);
        }
        outbox.begun(round(3));
        state.buried(3);
        assertThat(outbox.round()).isNull();
        assertThat(state.dying()).extracting(Dying::offset).containsExactly(3L, 4L);
    }

    @Test
    void aRoundIsReadAsItWasWritten() {
        var round =
                round(
                        256,
                        new Outbox.Target(ONE, Integer.MAX_VALUE, List.of(0, 5, 255)),
                        new Outbox.Target(OTHER, 0, List.of()));
        for (var one : List.of(round, round(0), round(1))) {
            var bytes = ByteBuffer.allocate(RoundCodec.bytesMax(one));
            RoundCodec.write(one, bytes);
            assertThat(RoundCodec.read(bytes.flip())).isEqualTo(one);
            assertThat(bytes.hasRemaining()).isFalse();
        }
    }

    private static Outbox.Round round(int count, Outbox.Target... targets) {
        return new Outbox.Round(count, List.of(targets));
    }
}
