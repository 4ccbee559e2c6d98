package io.sluice.dialect.kafka.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.Settlement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class AcknowledgingTest {
    private static final PartitionId PARTITION = new PartitionId(PartsFake.TOPIC, 0);
    private static final ShareSettings SETTINGS = ShareSettings.of(Map.of());

    private final PartsFake parts = new PartsFake();
    private final ShareSession session = new ShareSession(new ShareSession.Key("g", "m"), 17);

    AcknowledgingTest() {
        session.asks(PartsFake.part(0));
        session.held(PARTITION).add(0, 9);
        var leased = new TreeMap<Long, Long>();
        for (long offset = 0; offset < 10; offset++) {
            leased.put(offset, 17L);
        }
        parts.leased.put(PartsFake.part(0), leased);
    }

    @Test
    void eachFateIsSettledInItsOwnWay() {
        assertThat(acknowledge(claim(0, 5, 1, 1, 2, 3, 0, 1), claim(8, 9, 2)))
                .isEqualTo(Errors.NONE);

        assertThat(parts.settlements)
                .extracting(Settlement::outcome)
                .containsExactly(
                        Settlement.ACCEPTED,
                        Settlement.ACCEPTED,
                        Settlement.RETURNED,
                        Settlement.REJECTED);
        assertThat(parts.ready.get(PartsFake.part(0))).containsExactly(2L, 8L, 9L);
        assertThat(session.held(PARTITION).all()).containsExactly(6, 7);
    }

    @Test
    void whatWasNotHandedOutIsRefusedAsAWhole() {
        assertThat(acknowledge(claim(0, 3, 1), claim(8, 10, 1)))
                .isEqualTo(Errors.INVALID_RECORD_STATE);

        assertThat(parts.settlements).isEmpty();
        assertThat(session.held(PARTITION).all()).containsExactly(0, 9);
    }

    @Test
    void nothingIsSettledTwice() {
        assertThat(acknowledge(claim(0, 9, 1))).isEqualTo(Errors.NONE);

        assertThat(acknowledge(claim(0, 0, 1))).isEqualTo(Errors.INVALID_RECORD_STATE);
    }

    @Test
    void whoIsTooLateIsTold() {
        parts.leased(PartsFake.part(0)).put(4L, 99L);

        assertThat(acknowledge(claim(3, 5, 1))).isEqualTo(Errors.INVALID_RECORD_STATE);

        assertThat(parts.leased(PartsFake.part(0))).containsEntry(4L, 99L).doesNotContainKey(3L);
    }

    @Test
    void whereCompactionTookARecordNothingIsMissed() {
        parts.leased(PartsFake.part(0)).remove(4L);
        session.held(PARTITION).missing(4);

        assertThat(acknowledge(claim(3, 5, 1))).isEqualTo(Errors.NONE);
    }

    @Test
    void whatIsRenewedStaysHeld() {
        assertThat(acknowledge(claim(0, 9, 4))).isEqualTo(Errors.NONE);

        assertThat(parts.settlements)
                .extracting(Settlement::outcome)
                .containsExactly(new Settlement.Extended(30_000));
        assertThat(session.held(PARTITION).all()).containsExactly(0, 9);
    }

    @Test
    void nonsenseIsNoRecordState() {
        assertThat(acknowledge(claim(5, 4, 1))).isEqualTo(Errors.INVALID_REQUEST);
    }

    private Errors acknowledge(Claim... claims) {
        return new Acknowledging(parts).of(session, PARTITION, List.of(claims), SETTINGS).join();
    }

    private static Claim claim(long first, long last, int... types) {
        return new Claim(first, last, IntStream.of(types).mapToObj(type -> (byte) type).toList());
    }
}
