package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Memory goes with what is out of the ordinary: counted in entries, not measured.
class QueueMemoryTest {
    private static final int MESSAGES = 10_000_000;
    private static final int LEASED = 1_000;

    @Test
    void tenMillionSettledMessagesLeaveNothingBehind() {
        var state = new QueueState(0);
        var facts = new QueueFacts();
        var holder = new Holder(1);
        var drained = ByteBuffer.allocate(1 << 20);
        for (long offset = 0; offset < MESSAGES; offset++) {
            state.leased(offset, holder, offset + 60_000, 100);
            facts.leased(offset, offset + 60_000);
            if (offset >= LEASED) {
                state.settled(offset - LEASED);
                facts.settled(offset - LEASED);
            }
            if (facts.size() > 32 * 1024) {
                facts.drainTo(drained.clear());
            }
        }
        assertThat(state.fresh()).isEqualTo(MESSAGES);
        assertThat(state.leases().size()).isEqualTo(LEASED);
        assertThat(state.exceptions()).isEqualTo(LEASED);
        assertThat(state.leases().capacity()).isLessThan(16 * LEASED);
        assertThat(state.deadlineCount()).isLessThan(3 * LEASED);
        assertThat(QueueSnapshot.bytesMax(state)).isLessThan(100 * LEASED);
        for (long offset = MESSAGES - LEASED; offset < MESSAGES; offset++) {
            state.settled(offset);
        }
        state.leases().fit();
        assertThat(state.leases().capacity()).isLessThan(100);
        assertThat(state.floor(MESSAGES)).isEqualTo(MESSAGES);
    }

    @Test
    void oneOldMessageAmongAMillionConsumedOnesIsOneEntry() {
        var state = new QueueState(0);
        var holder = new Holder(1);
        for (long offset = 0; offset < 1_000_000; offset++) {
            state.leased(offset, holder, 0, 100);
            if (offset > 0) {
                state.settled(offset);
            }
        }
        assertThat(state.floor(1_000_000)).isZero();
        assertThat(state.exceptions()).isEqualTo(1);
        assertThat(state.exceptionsBefore(1_000_000)).containsExactly(0);
        state.leases().fit();
        assertThat(state.leases().capacity()).isLessThan(100);
    }

    @Test
    void aMillionDelayedMessagesCostTwentyBytesEachAndTwoForTheirPlaces() {
        var state = new QueueState(0);
        for (long offset = 0; offset < 1_000_000; offset++) {
            state.examined(offset, 0, 1_000 + offset * 7_919 % 1_000_003);
        }
        assertThat(state.delayedCount()).isEqualTo(1_000_000);
        assertThat(state.delayedOnes().capacity()).isLessThan(1_500_000);
        assertThat(state.readyOnes().holeBytes()).isLessThan(2_000_000);
        assertThat(state.ready(1_000_000)).isZero();
    }

    /// A million messages that have failed once and wait for their next try.
    @Test
    void aMillionWaitingMessagesThatHaveFailedTakeLessThanAHundredAndFiftyMegabytes() {
        var state = new QueueState(0);
        var holder = new Holder(1, "worker 1");
        for (int offset = 0; offset < 1_000_000; offset++) {
            long now = 1_790_000_000_000L + offset;
            state.leased(offset, holder, 0, 100);
            state.failed(offset, new Failed(now, "worker " + offset % 50, "timeout", "", 10));
            state.returned(offset, true, now + 1_000 + offset * 7_919L % 600_011);
        }
        assertThat(state.delayedCount()).isEqualTo(1_000_000);
        assertThat(state.failures().size()).isEqualTo(1_000_000);
        long heap =
                20L * state.delayedOnes().capacity()
                        + state.readyOnes().holeBytes()
                        + state.failures().heapBytes();
        assertThat(heap).isLessThan(100_000_000);
        assertThat(QueueSnapshot.bytesMax(state)).isLessThan(60_000_000);
        state.startMoved(1_000_000);
        assertThat(state.failures().heapBytes()).isLessThan(1_000);
    }

    @Test
    void aBacklogWithPrioritiesCostsAboutTwoBytesForEachMessage() {
        var state = new QueueState(9);
        for (long offset = 0; offset < 1_000_000; offset++) {
            state.examined(offset, (int) (offset * 31 % 10), 0);
        }
        long bytes = 0;
        for (var lane : Objects.requireNonNull(state.readyOnes().lanes())) {
            bytes += lane.bytes();
        }
        assertThat(state.ready(1_000_000)).isEqualTo(1_000_000);
        assertThat(bytes).isLessThan(2_000_000);
        assertThat(QueueSnapshot.bytesMax(state)).isLessThan(2_000_000);
    }
}
