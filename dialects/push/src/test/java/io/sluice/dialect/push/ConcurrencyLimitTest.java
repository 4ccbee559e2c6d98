package io.sluice.dialect.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConcurrencyLimitTest {
    @Test
    void itBeginsWithAFewAndNeverWithMoreThanAllowed() {
        assertThat(new ConcurrencyLimit(16).now()).isEqualTo(4);
        assertThat(new ConcurrencyLimit(2).now()).isEqualTo(2);
    }

    @Test
    void itDoublesUntilTheFirstDecreaseAndThenGrowsByOneAWindow() {
        var limit = new ConcurrencyLimit(100);
        succeed(limit, 4);
        assertThat(limit.now()).isEqualTo(8);
        limit.overloaded(limit.begin());
        assertThat(limit.now()).isEqualTo(4);

        succeed(limit, 3);
        assertThat(limit.now()).isEqualTo(4);
        succeed(limit, 1);
        assertThat(limit.now()).isEqualTo(5);
        succeed(limit, 5);
        assertThat(limit.now()).isEqualTo(6);
    }

    @Test
    void itIsNeverMoreThanAllowedNorLessThanOne() {
        var limit = new ConcurrencyLimit(5);
        succeed(limit, 100);
        assertThat(limit.now()).isEqualTo(5);
        for (int i = 0; i < 10; i++) {
            limit.overloaded(limit.begin());
        }
        assertThat(limit.now()).isEqualTo(1);
        limit.max(3);
        succeed(limit, 100);
        assertThat(limit.now()).isEqualTo(3);
        limit.max(2);
        assertThat(limit.now()).isEqualTo(2);
    }

    @Test
    void requestsThatWereUnderWayTogetherDecreaseItOnce() {
        var limit = new ConcurrencyLimit(16);
        succeed(limit, 12);
        long first = limit.begin();
        for (int i = 1; i < 16; i++) {
            limit.begin();
        }
        for (int i = 0; i < 16; i++) {
            limit.overloaded(first + i);
        }
        assertThat(limit.now()).isEqualTo(8);

        limit.overloaded(limit.begin());
        assertThat(limit.now()).isEqualTo(4);
    }

    @Test
    void whatWasDoneBeforeADecreaseRaisesNothingAfterIt() {
        var limit = new ConcurrencyLimit(16);
        succeed(limit, 12);
        limit.overloaded(limit.begin());
        succeed(limit, 7);
        limit.overloaded(limit.begin());

        succeed(limit, 3);
        assertThat(limit.now()).isEqualTo(4);
        succeed(limit, 1);
        assertThat(limit.now()).isEqualTo(5);
    }

    private static void succeed(ConcurrencyLimit limit, int times) {
        for (int i = 0; i < times; i++) {
            limit.succeeded();
        }
    }
}
