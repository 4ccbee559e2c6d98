package io.sluice.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CursorsTest {
    private static final int PLACES = 32;

    private final Cursors cursors = new Cursors();

    @Test
    void knowsWhereReadersWillGoOn() {
        cursors.remember(10, 1_000);
        cursors.remember(20, 2_000);

        assertThat(cursors.find(10)).isEqualTo(1_000);
        assertThat(cursors.find(20)).isEqualTo(2_000);
        assertThat(cursors.find(15)).isEqualTo(Cursors.UNKNOWN);
    }

    @Test
    void knowsTheNearestPlaceBefore() {
        assertThat(cursors.nearest(0, 100)).isEqualTo(Cursors.UNKNOWN);
        cursors.remember(20, 2_000);
        cursors.remember(10, 1_000);
        cursors.remember(30, 3_000);

        assertThat(cursors.nearest(0, 25)).isEqualTo(2_000);
        assertThat(cursors.nearest(20, 20)).isEqualTo(2_000);
        assertThat(cursors.nearest(0, 9)).isEqualTo(Cursors.UNKNOWN);
        assertThat(cursors.nearest(21, 29)).isEqualTo(Cursors.UNKNOWN);
        assertThat(cursors.nearest(0, 1_000)).isEqualTo(3_000);
    }

    @Test
    void theOldestGivesWay() {
        for (int i = 0; i <= PLACES; i++) {
            cursors.remember(i, 100L * i);
        }

        assertThat(cursors.find(0)).isEqualTo(Cursors.UNKNOWN);
        assertThat(cursors.find(1)).isEqualTo(100);
    }

    @Test
    void nothingIsKnownAfterEverythingHasMoved() {
        cursors.remember(10, 1_000);
        cursors.clear();

        assertThat(cursors.find(10)).isEqualTo(Cursors.UNKNOWN);
        assertThat(cursors.nearest(0, 100)).isEqualTo(Cursors.UNKNOWN);
    }
}
