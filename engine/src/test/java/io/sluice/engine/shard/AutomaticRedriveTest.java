package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrives;
import io.sluice.broker.queue.Settlement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Dead letters that come back by themselves when the breaker of their queue has closed.
final class AutomaticRedriveTest {
    private static final long OPEN = 30_000;

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);
    private final QueuePart dead = queues.declare("dead", Map.of());

    @Test
    void theyComeBackWhenProbesHaveClosedTheBreakerAndOthersStay() {
        var queue = breaking("true", "10000");
        var other = queues.declareDying("other", Map.of());
        queues.publish(other, "another's");
        reject(other, 1);
        failThenRecover(queue);
        bench.passInSteps(3_000);
        assertThat(queues.drain(queue)).containsExactly("0", "1");
        assertThat(queues.drain(dead)).containsExactly("another's");
        assertThat(Redrives.ended(queue(dead)).getFirst().moved()).isEqualTo(2);
    }

    @Test
    void noMoreThanThePolicySaysComeBackEachTime() {
        var queue = breaking("true", "1");
        failThenRecover(queue);
        bench.passInSteps(3_000);
        assertThat(queues.drain(queue)).containsExactly("0");
        assertThat(queues.drain(dead)).containsExactly("1");
    }

    @Test
    void theyStayWhereNothingElseWasAskedFor() {
        var queue = breaking("false", "10000");
        failThenRecover(queue);
        bench.passInSteps(3_000);
        assertThat(queues.status(dead).ready()).isEqualTo(2);
        assertThat(Redrives.ended(queue(dead))).isEmpty();
    }

    @Test
    void whatSomebodyElseIsMovingGoesOn() {
        var queue = breaking("true", "10000");
        queues.publish(queue, "0", "1", "probe");
        reject(queue, 3);
        var mine = new Redrive("mine", Optional.of("q"), 1, 0, 2).paused(true);
        bench.change(Redrives.start(queue(dead), mine));
        bench.quiet();
        recover(queue);
        bench.passInSteps(3_000);
        assertThat(Redrives.running(queue(dead))).contains(mine);
        assertThat(queues.status(dead).ready()).isEqualTo(2);
    }

    private void failThenRecover(QueuePart queue) {
        queues.publish(queue, "0", "1", "probe");
        reject(queue, 3);
        recover(queue);
    }

    /// Time passes, and the probe, which has opened it, succeeds.
    private void recover(QueuePart queue) {
        bench.passInSteps(OPEN);
        var client = queues.consume(queue, 0);
        client.settle(Settlement.ACCEPTED, 2);
        client.cancel();
    }

    private void reject(QueuePart queue, int count) {
        var client = queues.consume(queue, 0);
        var offsets = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = i;
        }
        client.settle(Settlement.REJECTED, offsets);
        client.cancel();
        bench.pass(1_000);
    }

    private QueuePart breaking(String automatic, String max) {
        return queues.declareDying(
                "q",
                Map.of(
                        "x-sluice-redrive-automatic", automatic,
                        "x-sluice-redrive-automatic-max", max,
                        "x-sluice-breaker-failure-percent", "60",
                        "x-sluice-breaker-minimum-calls", "3",
                        "x-sluice-breaker-probes", "1"));
    }

    private Queue queue(QueuePart part) {
        return bench.broker.catalog().queue(part.queue()).orElseThrow();
    }
}
