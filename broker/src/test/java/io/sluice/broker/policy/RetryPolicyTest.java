package io.sluice.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.base.Rng;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Waits between tries, and when there are no more.
class RetryPolicyTest {
    private static final int DRAWS = 100_000;

    @Test
    void withoutSettingsAMessageIsReadyAgainAtOnceForEver() {
        var retry = policy(Map.of());
        assertThat(retry.hasBackoff()).isFalse();
        assertThat(retry.waitMillis(1, 4711)).isZero();
        assertThat(retry.waitMillis(Integer.MAX_VALUE, -1)).isZero();
        assertThat(retry.isSpent(Integer.MAX_VALUE)).isFalse();
        assertThat(retry.endsMillis(0)).isEmpty();
        assertThat(retry.countsLostConnections()).isTrue();
    }

    @Test
    void waitsGrowBehindTheImmediateTriesUpToTheLongest() {
        var retry =
                policy(
                        Map.of(
                                "retry.immediate", "2",
                                "retry.initial.ms", "100",
                                "retry.multiplier", "3",
                                "retry.max.ms", "5000",
                                "retry.jitter", "none"));
        assertThat(IntStream.rangeClosed(1, 8).mapToLong(failed -> retry.waitMillis(failed, 7)))
                .containsExactly(0L, 0L, 100L, 300L, 900L, 2_700L, 5_000L, 5_000L);
    }

    /// The mean of equal jitter is three quarters of the wait, that of full jitter a half; each tenth of the range gets its tenth of the draws.
    @ParameterizedTest
    @CsvSource({"equal, 5000, 10000, 7500", "full, 0, 10000, 5000"})
    void aRandomWaitIsSpreadEvenlyOverItsRange(String jitter, long least, long most, double mean) {
        var retry = policy(Map.of("retry.initial.ms", "10000", "retry.jitter", jitter));
        var rng = new Rng(20_261_128);
        var tenths = new int[10];
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            long wait = retry.waitMillis(1, rng.nextLong());
            assertThat(wait).isBetween(least, most);
            tenths[(int) Math.min(9, 10 * (wait - least) / (most - least))]++;
            sum += wait;
        }
        assertThat(sum / DRAWS).isCloseTo(mean, within(0.01 * most));
        for (int count : tenths) {
            assertThat(count).isBetween(DRAWS / 10 - 600, DRAWS / 10 + 600);
        }
    }

    @ParameterizedTest
    @CsvSource({"none", "equal", "full"})
    void chanceAtItsEndsStaysWithinTheRange(String jitter) {
        var retry =
                policy(
                        Map.of(
                                "retry.initial.ms", "1",
                                "retry.max.ms", "1",
                                "retry.jitter", jitter));
        for (long chance : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(retry.waitMillis(1, chance)).isBetween(0L, 1L);
        }
    }

    @Test
    void noNumberOfTriesIsTooMany() {
        var retry =
                policy(
                        Map.of(
                                "retry.initial.ms", "604800000",
                                "retry.max.ms", "604800000",
                                "retry.multiplier", "100",
                                "retry.jitter", "none"));
        assertThat(retry.waitMillis(1_000, 0)).isEqualTo(604_800_000);
        assertThat(retry.waitMillis(Integer.MAX_VALUE, 0)).isEqualTo(604_800_000);
        assertThat(policy(Map.of("retry.max.age.ms", "1000")).endsMillis(Long.MAX_VALUE))
                .hasValue(Long.MAX_VALUE);
    }

    @Test
    void theFirstTryCounts() {
        var retry = policy(Map.of("retry.max.attempts", "3"));
        assertThat(retry.isSpent(2)).isFalse();
        assertThat(retry.isSpent(3)).isTrue();
        assertThat(policy(Map.of("retry.max.attempts", "1")).isSpent(1)).isTrue();
    }

    private static RetryPolicy policy(Map<String, String> settings) {
        var values = new HashMap<PolicySetting, String>();
        settings.forEach(
                (name, value) -> values.put(PolicySetting.ofText(name).orElseThrow(), value));
        return QueuePolicy.of(PolicyValues.of(values)).retry();
    }
}
