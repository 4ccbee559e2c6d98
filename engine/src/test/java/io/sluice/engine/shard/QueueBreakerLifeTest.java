package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.State;
import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who else has a say in a breaker: people, restarts, policies; and who hears of it.
final class QueueBreakerLifeTest extends BreakerBench {
    // ---- by hand

    @Test
    void somebodyStopsDeliveriesOfAnyQueueUntilHeLetsThemGoOn() {
        var queue = queues.declare("q", Map.of());
        var _ = queues.consume(queue, 0);
        assertThat(wish(queue, Wish.OPEN).state()).isEqualTo(State.FORCED_OPEN);
        queues.publish(queue, "a");
        bench.pass(10 * OPEN);
        bench.crash();
        assertThat(look(queue).state()).isEqualTo(State.FORCED_OPEN);
        var client = queues.consume(queue, 0);
        bench.pass(10 * OPEN);
        assertThat(client.bodies()).isEmpty();
        assertThat(wish(queue, Wish.CLOSE).state()).isEqualTo(State.CLOSED);
        assertThat(client.bodies()).containsExactly("a");
        bench.crash();
        assertThat(look(queue).state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aWishIsAnsweredWhenItIsDurable() {
        var queue = queues.declare("q", Map.of());
        var reply = new Answered<BreakerView>();
        bench.broker.queues().breaker(queue, Wish.OPEN, reply);
        bench.turn();
        assertThat(reply.isThere()).isFalse();
        bench.quiet();
        assertThat(reply.isThere()).isTrue();
    }

    @Test
    void closingByHandBeginsAnew() {
        var queue = breaking();
        open(queue);
        bench.pass(OPEN);
        var client = queues.consume(queue, 0);
        client.settle(Settlement.RETURNED, 0);
        assertThat(look(queue).untilMillis()).isEqualTo(bench.clock.millis() + 2 * OPEN);
        wish(queue, Wish.CLOSE);
        assertThat(look(queue).calls()).isZero();
        client.settle(Settlement.RETURNED, 1);
        client.settle(Settlement.RETURNED, 1);
        assertThat(look(queue).untilMillis()).isEqualTo(bench.clock.millis() + OPEN);
    }

    // ---- restarts and settings

    @Test
    void anOpenOneIsStillOpenAfterARestartUntilItsTime() {
        for (boolean orderly : List.of(false, true)) {
            var queue = breaking("q " + orderly, Map.of());
            open(queue);
            var before = look(queue);
            bench.pass(OPEN / 2);
            if (orderly) {
                bench.restart();
            } else {
                bench.crash();
            }
            assertThat(look(queue).state()).isEqualTo(State.OPEN);
            assertThat(look(queue).untilMillis()).isEqualTo(before.untilMillis());
            assertThat(look(queue).reason()).isEqualTo(before.reason());
            var client = queues.consume(queue, 0);
            bench.pass(OPEN / 2 - 1);
            assertThat(client.bodies()).isEmpty();
            bench.pass(1);
            assertThat(client.bodies()).containsExactly("0");
        }
    }

    @Test
    void deliveriesThatAreLostWithTheBrokerDoNotOpenIt() {
        var queue = breaking();
        queues.publish(queue, "a", "b", "c");
        assertThat(queues.consume(queue, 0).bodies()).hasSize(3);
        bench.pass(10);
        bench.crash();
        assertThat(look(queue).state()).isEqualTo(State.CLOSED);
        assertThat(look(queue).calls()).isZero();
        assertThat(queues.consume(queue, 0).bodies()).hasSize(3);
    }

    @Test
    void whatIsLostWithTheBrokerDoesNotDieWhileItIsOpen() {
        var queue = breaking("q", Map.of("x-delivery-limit", "0"));
        queues.publish(queue, "a", "b");
        assertThat(queues.consume(queue, 0).bodies()).hasSize(2);
        wish(queue, Wish.OPEN);
        bench.pass(10);
        bench.crash();
        assertThat(queues.status(queue).ready()).isEqualTo(2);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void halfOpenBeginsWithANewProbeAfterARestart() {
        var queue = breaking();
        open(queue);
        bench.pass(OPEN);
        assertThat(queues.receive(queue, 10, 60_000, 0).bodies()).containsExactly("0");
        bench.crash();
        assertThat(look(queue).state()).isEqualTo(State.HALF_OPEN);
        var asked = queues.receive(queue, 10, 60_000, 0);
        assertThat(asked.bodies()).containsExactly("1");
        queues.settle(queue, new Receipts.Hide(0), 1, 1);
        assertThat(look(queue).untilMillis()).isEqualTo(bench.clock.millis() + 2 * OPEN);
    }

    @Test
    void aPolicyThatNoLongerOpensItClosesIt() {
        var queue = breaking();
        open(queue);
        var client = queues.consume(queue, 0);
        bench.change(
                new CatalogChange.ConfigureQueue(
                        queue.queue(), Map.of("x-sluice-breaker-failure-percent", "\"\"")));
        bench.quiet();
        assertThat(look(queue).state()).isEqualTo(State.CLOSED);
        assertThat(client.bodies()).containsExactly("0", "1");
    }

    @Test
    void aPolicyThatChangesInBetweenKeepsTheProbe() {
        var queue = breaking("probes", "1");
        open(queue);
        bench.pass(OPEN);
        var client = queues.consume(queue, 0);
        bench.change(
                new CatalogChange.ConfigureQueue(
                        queue.queue(), Map.of("x-sluice-breaker-minimum-calls", "3")));
        bench.quiet();
        assertThat(client.bodies()).containsExactly("0");
        client.settle(Settlement.ACCEPTED, 0);
        assertThat(look(queue).state()).isEqualTo(State.CLOSED);
    }

    // ---- telling

    @Test
    void itsStateIsReported() {
        var queue = breaking();
        open(queue);
        var reply = new Answered<QueueReport>();
        bench.broker.queues().report(queue, reply);
        bench.quiet();
        assertThat(reply.value().breaker()).isEqualTo(look(queue));
    }

    @Test
    void everyStepIsPublished() {
        var queue = breaking("probes", "1");
        open(queue);
        bench.pass(OPEN);
        var client = queues.consume(queue, 0);
        client.settle(Settlement.ACCEPTED, 0);
        var topic = bench.broker.catalog().topic(Events.TOPIC).orElseThrow();
        assertThat(topic.config()).containsEntry("retention.ms", "86400000");
        var watch = queues.subscribeTo(topic.id(), "watch");
        assertThat(queues.drain(watch))
                .containsExactly(
                        event(0, "closed", "open", "2 of 2 deliveries failed", 2),
                        event(OPEN, "open", "half-open", "its time has come", 2),
                        event(OPEN, "half-open", "closed", "1 probes succeeded", 0));
    }

    @Test
    void whoWantsToKnowIsToldThatItsProbesHaveClosedIt() {
        var queue = breaking("probes", "1");
        var closed = new ArrayList<String>();
        bench.hostedBy(queue.partition())
                .queues()
                .whenBreakerCloses(hosted -> closed.add(hosted.definition().name()));
        open(queue);
        wish(queue, Wish.CLOSE);
        assertThat(closed).isEmpty();
        wish(queue, Wish.OPEN);
        wish(queue, Wish.CLOSE);
        var client = queues.consume(queue, 0);
        client.settle(Settlement.RETURNED, 0, 1);
        bench.pass(OPEN);
        client.settle(Settlement.ACCEPTED, 0);
        assertThat(closed).containsExactly("q");
    }

    private String event(long after, String from, String to, String reason, int failed) {
        return "{\"time\":\""
                + Instant.ofEpochMilli(bench.clock.millis() - OPEN + after)
                + "\",\"kind\":\"breaker\",\"namespace\":\"/\",\"queue\":\"q\",\"partition\":0,\"from\":\""
                + from
                + "\",\"to\":\""
                + to
                + "\",\"reason\":\""
                + reason
                + "\",\"failed\":"
                + failed
                + ",\"slow\":0,\"calls\":"
                + failed
                + "}";
    }
}
