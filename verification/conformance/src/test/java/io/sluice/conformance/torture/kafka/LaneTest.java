package io.sluice.conformance.torture.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LaneTest {
    @Test
    void whatWasAcknowledgedAndIsNotThereIsALoss() {
        var lane = lane(3);
        lane.acknowledge(1, 11);
        assertThat(lane.promise()).isEqualTo(11);

        lane.found(0, 10);

        assertThatThrownBy(() -> lane.found(2, 12))
                .hasMessageContaining("NO_ACKNOWLEDGED_RECORD_IS_LOST");
        assertThatThrownBy(lane::ended).hasMessageContaining("NO_ACKNOWLEDGED_RECORD_IS_LOST");
    }

    @Test
    void whatIsThereTwiceOrLaterThanItsSuccessorIsFound() {
        var lane = lane(3);
        lane.found(1, 10);

        assertThatThrownBy(() -> lane.found(1, 11))
                .hasMessageContaining("NO_RECORD_IS_DOUBLED_OR_OUT_OF_ORDER");
        assertThatThrownBy(() -> lane.found(0, 11))
                .hasMessageContaining("NO_RECORD_IS_DOUBLED_OR_OUT_OF_ORDER");
        assertThatThrownBy(() -> lane.found(7, 11)).hasMessageContaining("NOTHING_IS_INVENTED");
    }

    @Test
    void whatLiesElsewhereThanAcknowledgedIsFound() {
        var lane = lane(1);
        lane.acknowledge(0, 5);

        assertThatThrownBy(() -> lane.found(0, 6))
                .hasMessageContaining("A_RECORD_STAYS_AT_ITS_OFFSET");
    }

    @Test
    void whatWasNeverAcknowledgedMayBeThereOrNot() {
        var lane = lane(3);
        lane.acknowledge(2, 20);
        var _ = lane.promise();

        lane.found(1, 19);
        lane.found(2, 20);
        lane.ended();
    }

    private static Lane lane(int sent) {
        var lane = new Lane("lane");
        for (var i = 0; i < sent; i++) {
            var _ = lane.send();
        }
        return lane;
    }
}
