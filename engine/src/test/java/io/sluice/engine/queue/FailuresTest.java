package io.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.message.FailureHistory;
import io.sluice.broker.message.FailureHistory.Attempt;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final Failures failures = new Failures();

    @Test
    void ofAMessageThatNeverFailedNothingIsKnown() {
        assertThat(failures.of(0)).isEqualTo(FailureHistory.NONE);
        failures.forget(0);
        assertThat(failures.take(0)).isEqualTo(FailureHistory.NONE);
        assertThat(failures.isEmpty()).isTrue();
    }

    @Test
    void theFirstTimeAndTheLatestTriesStay() {
        failures.failed(7, new Failed(100, "me", "e1", "first", 2));
        failures.failed(7, new Failed(90, "you", "e2", "", 2));
        failures.failed(7, new Failed(300, "me", "e3", "last", 2));
        assertThat(failures.of(7))
                .isEqualTo(
                        new FailureHistory(
                                3,
                                100,
                                List.of(new Attempt(90, "you", "e2"), new Attempt(300, "me", "e3")),
                                "last"));
        assertThat(failures.textBytes()).isEqualTo(4);
        failures.forget(7);
        assertThat(failures.textBytes()).isZero();
    }

    @RepeatedTest(20)
    void itIsLikeAMap() {
        Rng.run(System.nanoTime(), FailuresTest::likeAMap);
    }

    private static void likeAMap(Rng rng) {
        var failures = new Failures();
        var expected = new HashMap<Long, FailureHistory>();
        int offsets = 1 + rng.below(500);
        for (int i = 0; i < 5_000; i++) {
            long offset = (long) rng.below(offsets) << (rng.below(2) * 32);
            if (rng.chance(i < 2_500 ? 70 : 30)) {
                var failed =
                        new Failed(
                                rng.below(1_000),
                                "c" + rng.below(20),
                                "e" + rng.below(5),
                                rng.chance(50) ? "" : "ü" + rng.below(5),
                                rng.below(5));
                failures.failed(offset, failed);
                expected.merge(
                        offset,
                        FailureHistory.NONE.and(failed.attempt(), failed.text(), failed.kept()),
                        (before, _) -> before.and(failed.attempt(), failed.text(), failed.kept()));
            } else if (rng.chance(2)) {
                long from = rng.below(offsets);
                failures.keep(it -> it >= from);
                expected.keySet().removeIf(it -> it < from);
            } else {
                var gone = expected.remove(offset);
                assertThat(failures.take(offset))
                        .isEqualTo(gone == null ? FailureHistory.NONE : gone);
            }
            assertThat(failures.size()).isEqualTo(expected.size());
        }
        var found = new HashMap<Long, FailureHistory>();
        failures.forEach(found::put);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void namesThatNobodyUsesAnyMoreMakeRoomForOthers() {
        for (int i = 0; i < 10 * Names.MAX; i++) {
            failures.failed(i % 100, new Failed(i, "consumer " + i, "code", "", 3));
            assertThat(failures.names().size()).isLessThanOrEqualTo(Names.MAX);
        }
        for (int i = 10 * Names.MAX - 100; i < 10 * Names.MAX; i++) {
            assertThat(failures.of(i % 100).latest())
                    .containsExactly(
                            new Attempt(i - 200, "consumer " + (i - 200), "code"),
                            new Attempt(i - 100, "consumer " + (i - 100), "code"),
                            new Attempt(i, "consumer " + i, "code"));
        }
    }

    @Test
    void whereAllNamesAreUsedFurtherOnesAreLeftOut() {
        for (int i = 0; i < 3 * Names.MAX; i++) {
            failures.failed(i, new Failed(i, "consumer " + i, "code", "", 3));
        }
        assertThat(failures.names().size()).isEqualTo(Names.MAX);
        assertThat(failures.of(5).latest()).containsExactly(new Attempt(5, "consumer 5", "code"));
        assertThat(failures.of(2L * Names.MAX).latest())
                .containsExactly(new Attempt(2L * Names.MAX, "...", "code"));
    }

    @Test
    void textsHaveSoMuchRoomAndNotMore() {
        var text = "x".repeat(1_000);
        int fit = (int) (Failures.TEXT_BYTES_MAX / text.length());
        for (int i = 0; i < 2 * fit; i++) {
            failures.failed(i, new Failed(i, "c", "e", text, 3));
        }
        assertThat(failures.textBytes()).isLessThanOrEqualTo(Failures.TEXT_BYTES_MAX + 1_000);
        assertThat(failures.of(0).text()).isEqualTo(text);
        assertThat(failures.of(2L * fit - 1).text()).isEmpty();
        assertThat(failures.of(2L * fit - 1).code()).isEqualTo("e");
    }
}
