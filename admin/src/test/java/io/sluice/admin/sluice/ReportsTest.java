package io.sluice.admin.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.State;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.QueueReport.Waits;
import io.sluice.broker.queue.QueueStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the parts of a queue report, put together.
final class ReportsTest {
    @Test
    void whatTwoPartsHoldIsTheirSum() {
        var one = report(1, Map.of(Reason.REJECTED, 1L), List.of(new Waits(10, 1)));
        var other =
                report(
                        2,
                        Map.of(Reason.REJECTED, 2L, Reason.MAXLEN, 2L),
                        List.of(new Waits(10, 2), new Waits(Long.MAX_VALUE, 2)));

        var sum = Reports.sum(one, other);

        assertThat(sum.status())
                .isEqualTo(
                        new QueueStatus(
                                3,
                                30,
                                300,
                                3_000,
                                30_000,
                                300_000,
                                3_000_000,
                                30_000_000,
                                2,
                                List.of()));
        assertThat(sum.failures()).isEqualTo(3);
        assertThat(sum.dead()).isEqualTo(Map.of(Reason.REJECTED, 3L, Reason.MAXLEN, 2L));
        assertThat(sum.waits()).containsExactly(new Waits(10, 3), new Waits(Long.MAX_VALUE, 2));
    }

    @Test
    void ofTimesTheEarlierCountsAndNoneIsNotEarly() {
        assertThat(at(5, 7, 8, 6)).isEqualTo(List.of(5L, 6L));
        assertThat(at(0, 7, 8, 0)).isEqualTo(List.of(8L, 7L));
        assertThat(at(8, 0, 0, 7)).isEqualTo(List.of(8L, 7L));
        assertThat(at(0, 0, 0, 0)).isEqualTo(List.of(0L, 0L));
    }

    @Test
    void theBreakerThatHoldsBackMostSpeaksForAllAndCallsAreSummed() {
        var closed = new BreakerView(State.CLOSED, "", 1, 0, 10, 1, 2, 3);
        var half = new BreakerView(State.HALF_OPEN, "probing", 2, 0, 20, 4, 5, 6);
        var open = new BreakerView(State.OPEN, "failures", 3, 9, 30, 7, 8, 9);
        var forced = new BreakerView(State.FORCED_OPEN, "by hand", 4, 0, 0, 0, 0, 0);

        assertThat(Breakers.sum(closed, open))
                .isEqualTo(new BreakerView(State.OPEN, "failures", 3, 9, 40, 8, 10, 12));
        assertThat(Breakers.sum(open, closed)).isEqualTo(Breakers.sum(closed, open));
        assertThat(Breakers.sum(closed, half).state()).isEqualTo(State.HALF_OPEN);
        assertThat(Breakers.sum(open, half).state()).isEqualTo(State.OPEN);
        assertThat(Breakers.sum(open, forced).reason()).isEqualTo("by hand");
    }

    private static List<Long> at(long ready, long due, long otherReady, long otherDue) {
        var sum =
                Reports.sum(
                        report(0, ready, due, Map.of(), List.of()),
                        report(0, otherReady, otherDue, Map.of(), List.of()));
        return List.of(sum.oldestReadyMillis(), sum.nextDueMillis());
    }

    private static QueueReport report(long size, Map<Reason, Long> dead, List<Waits> waits) {
        return report(size, 0, 0, dead, waits);
    }

    /// @param size ready; of each further figure ten times as much
    private static QueueReport report(
            long size,
            long oldestMillis,
            long dueMillis,
            Map<Reason, Long> dead,
            List<Waits> waits) {
        return new QueueReport(
                new QueueStatus(
                        size,
                        10 * size,
                        100 * size,
                        1_000 * size,
                        10_000 * size,
                        100_000 * size,
                        1_000_000 * size,
                        10_000_000 * size,
                        size,
                        List.of()),
                oldestMillis,
                dueMillis,
                waits,
                size,
                dead,
                new BreakerView(State.CLOSED, "", 0, 0, 0, 0, 0, 0));
    }
}
