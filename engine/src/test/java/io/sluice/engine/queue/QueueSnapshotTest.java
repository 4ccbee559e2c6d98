package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.PartitionId;
import io.sluice.broker.message.Death.Reason;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueueSnapshotTest {
    private final Holder holder = new Holder(1);

    @Test
    void anEmptyQueueHasTheseBytes() {
        assertThat(HexFormat.of().formatHex(written(new QueueState(0), 3)))
                .isEqualTo(
                        "03" + "00" + "06" + "00" + "00" + "00" + "00" + "00" + "01" + "00" + "00"
                                + "00" + "00" + "00" + "00" + "00");
    }

    @Test
    void everythingComesBackButWhoHeldWhat() {
        var state = new QueueState(0);
        state.examined(5, 0, 900);
        state.leased(0, holder, 0, 11);
        state.leased(1, holder, 700, 12);
        state.leased(2, holder, 0, 13);
        state.leased(3, holder, 0, 14);
        state.returned(2, true, 0);
        state.returned(3, true, 800);
        state.dying(4, Reason.EXPIRED, 66);
        state.outbox().producer(12);
        var target = new Outbox.Target(new PartitionId(new UUID(1, 2), 3), 0, List.of(0));
        state.outbox().begun(new Outbox.Round(1, List.of(target)));
        var read = read(state, 0, 10);
        assertThat(StateView.of(read, 0, 10)).isEqualTo(StateView.of(state, 0, 10));
        assertThat(read.leases().bytes(read.leases().find(1))).isEqualTo(12);
        assertThat(read.leases().of(Holder.NOBODY)).containsExactly(0, 1);
        assertThat(read.nextDeadlineMillis()).isEqualTo(700);
    }

    @Test
    void whatIsDelayedOrDueBeforeItsTurnKeepsItsPlace() {
        var state = new QueueState(0);
        state.examined(2, 0, 100);
        state.examined(4, 0, 900);
        state.due(100);
        var read = read(state, 0, 6);
        assertThat(read.ready(6)).isEqualTo(5);
        assertThat(QueueStateTest.Handed.all(read, 6)).containsExactly(0L, 1L, 2L, 3L, 5L);
    }

    @Test
    void lanesComeBack() {
        var state = new QueueState(200);
        for (int offset = 0; offset < 1_000; offset++) {
            state.examined(offset, offset * 7 % 201, 0);
        }
        state.examinedTo(1_000);
        var read = read(state, 200, 1_000);
        assertThat(read.ready(1_000)).isEqualTo(1_000);
        assertThat(QueueStateTest.Handed.all(read, 1_000))
                .isEqualTo(QueueStateTest.Handed.all(state, 1_000));
    }

    @Test
    void theBoundHoldsForTheLargestNumbers() {
        var state = new QueueState(0);
        long large = Long.MAX_VALUE - 10;
        state.goneTo(large);
        for (int i = 0; i < 5; i++) {
            state.leased(large + i, holder, Long.MAX_VALUE - 1, Integer.MAX_VALUE);
        }
        state.returned(large, true, 0);
        state.returned(large + 1, true, Long.MAX_VALUE - 1);
        state.dying(large + 2, Reason.MAXLEN, Long.MAX_VALUE);
        assertThat(StateView.of(read(state, 0, Long.MAX_VALUE - 5), 0, Long.MAX_VALUE - 5))
                .isEqualTo(StateView.of(state, 0, Long.MAX_VALUE - 5));
    }

    private static QueueState read(QueueState state, int priorityMax, long examined) {
        var read =
                QueueSnapshot.read(ByteBuffer.wrap(written(state, examined)), priorityMax, false);
        assertThat(read.examined()).isEqualTo(examined);
        return read.state();
    }

    private static byte[] written(QueueState state, long examined) {
        var into = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, examined, into);
        var bytes = new byte[into.position()];
        into.flip().get(bytes);
        return bytes;
    }
}
