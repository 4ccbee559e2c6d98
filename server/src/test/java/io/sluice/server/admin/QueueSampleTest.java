package io.sluice.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.State;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.QueueStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How the parts of a queue, and several queues, become one figure.
final class QueueSampleTest {
    private static final long NONE = Long.MAX_VALUE;

    private final QueueSample sample = new QueueSample();

    @Test
    void partsAreSummedAndOfTimesTheEarliestCounts() {
        sample.add(report(1, 500, 0, State.CLOSED, Map.of(Reason.REJECTED, 1L)));
        sample.add(report(2, 400, 900, State.CLOSED, Map.of(Reason.REJECTED, 2L)));
        sample.add(report(4, 0, 0, State.CLOSED, Map.of(Reason.EXPIRED, 4L)));

        assertIsSumOfThree(sample);
    }

    @Test
    void queuesWithoutANameAreSummedTheSameWay() {
        var first = new QueueSample();
        first.add(report(1, 500, 0, State.CLOSED, Map.of(Reason.REJECTED, 1L)));
        var second = new QueueSample();
        second.add(report(2, 400, 900, State.CLOSED, Map.of(Reason.REJECTED, 2L)));
        second.add(report(4, 0, 0, State.CLOSED, Map.of(Reason.EXPIRED, 4L)));

        sample.add(first);
        sample.add(second);

        assertIsSumOfThree(sample);
    }

    private static void assertIsSumOfThree(QueueSample sum) {
        assertThat(sum.ready()).isEqualTo(7);
        assertThat(sum.leased()).isEqualTo(70);
        assertThat(sum.waiting()).isEqualTo(700);
        assertThat(sum.failures()).isEqualTo(7_000);
        assertThat(sum.openings()).isEqualTo(70_000);
        assertThat(sum.dead()).isEqualTo(Map.of(Reason.REJECTED, 3L, Reason.EXPIRED, 4L));
        assertThat(sum.oldestMillis()).isEqualTo(400);
        assertThat(sum.dueMillis()).isEqualTo(900);
    }

    @Test
    void whatIsMovedBackIsNoDeath() {
        sample.add(report(0, 0, 0, State.CLOSED, Map.of(Reason.REDRIVEN, 5L)));
        sample.add(report(0, 0, 0, State.CLOSED, Map.of(Reason.REDRIVEN, 6L, Reason.MAXLEN, 1L)));
        var all = new QueueSample();
        all.add(sample);

        for (var one : List.of(sample, all)) {
            assertThat(one.redriven()).isEqualTo(11);
            assertThat(one.dead()).isEqualTo(Map.of(Reason.MAXLEN, 1L));
        }
    }

    @Test
    void theWorstBreakerSpeaksForAll() {
        assertThat(sample.breaker()).isZero();
        sample.add(report(0, 0, 0, State.HALF_OPEN, Map.of()));
        assertThat(sample.breaker()).isEqualTo(1);
        sample.add(report(0, 0, 0, State.OPEN, Map.of()));
        sample.add(report(0, 0, 0, State.CLOSED, Map.of()));
        assertThat(sample.breaker()).isEqualTo(2);

        var forced = new QueueSample();
        forced.add(report(0, 0, 0, State.FORCED_OPEN, Map.of()));
        assertThat(forced.breaker()).isEqualTo(2);
    }

    @Test
    void whereNothingHasHappenedThereIsNothingToTell() {
        sample.add(report(0, 0, 0, State.CLOSED, Map.of()));
        assertThat(sample.isActive()).isFalse();
        assertThat(sample.oldestMillis()).isEqualTo(NONE);
        assertThat(sample.dueMillis()).isEqualTo(NONE);

        sample.add(report(0, 0, 0, State.CLOSED, Map.of(Reason.REDRIVEN, 1L)));
        assertThat(sample.isActive()).isTrue();
    }

    /// @param size ready; ten times as much is leased, a hundred times waits, and so on
    private static QueueReport report(
            long size, long oldestMillis, long dueMillis, State breaker, Map<Reason, Long> dead) {
        return new QueueReport(
                new QueueStatus(size, 10 * size, 100 * size, 0, 0, 0, 0, 0, 0, List.of()),
                oldestMillis,
                dueMillis,
                List.of(),
                1_000 * size,
                dead,
                new BreakerView(breaker, "", 0, 0, 0, 0, 0, 10_000 * size));
    }
}
