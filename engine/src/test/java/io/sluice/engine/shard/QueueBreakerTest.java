package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.BreakerView.State;
import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receipts.Outcome;
import io.sluice.broker.queue.Settlement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a queue does while its breaker is open, and how it comes back.
final class QueueBreakerTest extends BreakerBench {
    @Test
    void deliveriesStopWhenTooManyHaveFailedAndPublishingGoesOn() {
        var queue = breaking();
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 2);
        client.settle(Settlement.RETURNED, 0);
        assertThat(look(queue).state()).isEqualTo(State.CLOSED);
        client.settle(Settlement.RETURNED, 1);

        var view = look(queue);
        assertThat(view.state()).isEqualTo(State.OPEN);
        assertThat(view.reason()).isEqualTo("2 of 2 deliveries failed");
        assertThat(view.untilMillis()).isEqualTo(bench.clock.millis() + OPEN);
        assertThat(view.openings()).isEqualTo(1);
        int before = client.deliveries.size();
        queues.publish(queue, "d");
        assertThat(client.deliveries).hasSize(before);
        assertThat(queues.get(queue, false)).isEmpty();
        assertThat(queues.receive(queue, 10, 30_000, 0).bodies()).isEmpty();
        assertThat(queues.status(queue).ready()).isEqualTo(3);
        assertThat(queues.status(queue).leased()).isEqualTo(1);
    }

    @Test
    void whoWaitsForAMessageIsAnsweredWithNothingWhenHisTimeIsUp() {
        var queue = breaking();
        open(queue);
        var asked = queues.receive(queue, 10, 30_000, 2_000);
        queues.publish(queue, "a");
        bench.pass(1_999);
        assertThat(asked.isThere()).isFalse();
        bench.pass(1);
        assertThat(asked.bodies()).isEmpty();
    }

    @Test
    void whoWaitsWhenItsTimeHasComeGetsTheProbe() {
        var queue = breaking();
        open(queue);
        bench.pass(OPEN - 10);
        var asked = queues.receive(queue, 10, 30_000, 2_000);
        bench.pass(10);
        assertThat(asked.bodies()).containsExactly("0");
    }

    @Test
    void probesGoOutOneAtATimeAndThenAllGoesOn() {
        var queue = breaking("probes", "2");
        open(queue);
        queues.publish(queue, "c", "d");
        var first = queues.consume(queue, 0);
        var second = queues.consume(queue, 0);
        bench.pass(OPEN - 1);
        assertThat(bodies(first, second)).isEmpty();
        bench.pass(1);
        assertThat(look(queue).state()).isEqualTo(State.HALF_OPEN);
        assertThat(bodies(first, second)).containsExactly("0");
        assertThat(queues.get(queue, false)).isEmpty();
        accept(0, first, second);
        assertThat(bodies(first, second)).containsExactly("0", "1");
        accept(1, first, second);
        assertThat(look(queue).state()).isEqualTo(State.CLOSED);
        assertThat(look(queue).calls()).isZero();
        assertThat(bodies(first, second)).containsExactlyInAnyOrder("0", "1", "c", "d");
    }

    @Test
    void aProbeThatFailsKeepsItOpenTwiceAsLong() {
        var queue = breaking("open.max.ms", "70000");
        open(queue);
        var client = queues.consume(queue, 0);
        for (long millis : List.of(OPEN, 2 * OPEN, 70_000L)) {
            assertThat(look(queue).untilMillis()).isEqualTo(bench.clock.millis() + millis);
            bench.pass(millis);
            assertThat(look(queue).state()).isEqualTo(State.HALF_OPEN);
            client.settle(Settlement.REJECTED, 0, 1);
            assertThat(look(queue).reason()).isEqualTo("a probe failed");
        }
        assertThat(deadLetters()).isEmpty();
    }

    /// Its message would fail for ever, and the others would wait for it.
    @Test
    void aProbeThatHasFailedLetsOthersTryFirst() {
        var queue = breaking("q", Map.of("x-delivery-limit", "2"), "probes", "1");
        open(queue);
        var client = queues.consume(queue, 1);
        bench.pass(OPEN);
        client.settle(Settlement.RETURNED, 0);
        bench.pass(2 * OPEN);
        assertThat(client.bodies()).containsExactly("0", "1");
        client.settle(Settlement.ACCEPTED, 1);
        assertThat(look(queue).state()).isEqualTo(State.CLOSED);
        queues.publish(queue, "c");
        assertThat(client.bodies()).containsExactly("0", "1", "c");
        client.settle(Settlement.ACCEPTED, 2);
        bench.pass(OPEN);
        assertThat(client.bodies()).containsExactly("0", "1", "c", "0");
        client.settle(Settlement.RETURNED, 0);
        assertThat(deadLetters()).containsExactly("0");
    }

    @Test
    void aProbeThatIsAloneIsTriedAgainWhenItsTimeHasCome() {
        var queue = breaking("minimum.calls", "1");
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        client.settle(Settlement.RETURNED, 0);
        bench.pass(OPEN);
        client.settle(Settlement.RETURNED, 0);
        assertThat(client.bodies()).containsExactly("a", "a");
        bench.pass(2 * OPEN);
        assertThat(client.bodies()).containsExactly("a", "a", "a");
    }

    @Test
    void aProbeWhoseLeaseIsLostHasFailed() {
        for (var lost : List.of("counted", "uncounted")) {
            var queue =
                    breaking(
                            "q " + lost,
                            Map.of("x-sluice-retry-connection-lost", lost),
                            "probes",
                            "1");
            open(queue);
            var client = queues.consume(queue, 0);
            bench.pass(OPEN);
            assertThat(client.deliveries).hasSize(1);
            client.cancel();
            client.release();
            assertThat(look(queue).state()).as(lost).isEqualTo(State.OPEN);
        }
    }

    @Test
    void aProbeWhoseLeaseRunsOutHasFailed() {
        var queue = breaking();
        open(queue);
        bench.pass(OPEN);
        assertThat(queues.receive(queue, 10, 1_000, 0).bodies()).containsExactly("0");
        assertThat(queues.receive(queue, 10, 1_000, 0).bodies()).isEmpty();
        bench.pass(1_000);
        assertThat(look(queue).state()).isEqualTo(State.OPEN);
    }

    @Test
    void aProbeThatIsGivenBackUntouchedMakesRoomForAnother() {
        var queue = breaking();
        open(queue);
        bench.pass(OPEN);
        var client = queues.consume(queue, 0);
        client.settle(Settlement.UNTOUCHED, 0);
        assertThat(look(queue).state()).isEqualTo(State.HALF_OPEN);
        assertThat(client.bodies()).containsExactly("0", "0");
    }

    /// Its record was deleted from under it.
    @Test
    void aProbeThatIsGoneWithoutAnOutcomeHasFailed() {
        var queue = breaking("q", Map.of("x-sluice-retention", "" + (OPEN + 5_000)));
        open(queue);
        bench.pass(OPEN);
        var client = queues.consume(queue, 0);
        assertThat(client.bodies()).containsExactly("0");
        bench.broker.deleteRecords(queue.partition(), 1, new Answered<>());
        bench.quiet();
        queues.publish(queue, "c");
        assertThat(queues.status(queue).leased()).isZero();
        assertThat(look(queue).state()).isEqualTo(State.OPEN);
    }

    @Test
    void consumersThatDoNotAcknowledgeSucceed() {
        var queue = breaking("probes", "3");
        open(queue);
        queues.publish(queue, "c", "d", "e");
        var client = queues.consume(queue, 0, 0, false, true);
        assertThat(client.bodies()).isEmpty();
        bench.pass(OPEN);
        assertThat(look(queue).state()).isEqualTo(State.CLOSED);
        assertThat(look(queue).calls()).isEqualTo(2);
        assertThat(client.bodies()).containsExactly("0", "1", "c", "d", "e");
    }

    @Test
    void receiptsCountAsSettlementsDo() {
        var queue = breaking();
        queues.publish(queue, "a", "b");
        queues.receive(queue, 2, 30_000, 0);
        assertThat(queues.settle(queue, new Receipts.Delete(), 0, 0)).isEqualTo(Outcome.DONE);
        assertThat(queues.settle(queue, new Receipts.Hide(0), 1, 0)).isEqualTo(Outcome.DONE);
        assertThat(look(queue).calls()).isEqualTo(2);
        assertThat(look(queue).failed()).isEqualTo(1);
    }

    @Test
    void deliveriesThatTakeTooLongOpenIt() {
        var queue =
                queues.declare(
                        "q",
                        settings(
                                "slow.percent", "50", "slow.call.ms", "500", "minimum.calls", "2"));
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 0);
        bench.pass(500);
        client.settle(Settlement.ACCEPTED, 0);
        assertThat(look(queue).slow()).isZero();
        bench.pass(1);
        client.settle(Settlement.ACCEPTED, 1);
        assertThat(look(queue).state()).isEqualTo(State.OPEN);
        assertThat(look(queue).reason()).isEqualTo("1 of 2 deliveries took longer than 500 ms");
    }

    // ---- nothing dies

    @Test
    void aRejectedMessageStaysWhileItIsOpenAndDiesWhenItIsRejectedAgain() {
        var queue = breaking();
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 0);
        client.settle(Settlement.RETURNED, 0, 1);
        assertThat(look(queue).state()).isEqualTo(State.OPEN);
        client.settle(Settlement.REJECTED, 2);
        assertThat(queues.status(queue).ready()).isEqualTo(3);
        assertThat(deadLetters()).isEmpty();

        wish(queue, Wish.CLOSE);
        assertThat(client.deliveries.getLast().returned()).isEqualTo(1);
        client.settle(Settlement.REJECTED, 2);
        assertThat(deadLetters()).containsExactly("c");
    }

    @Test
    void aMessageWhoseTriesAreSpentGetsOneMoreWhenItHasClosed() {
        var queue = breaking("q", Map.of("x-delivery-limit", "0"));
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 0);
        client.settle(Settlement.RETURNED, 0);
        assertThat(deadLetters()).containsExactly("a");
        client.settle(Settlement.RETURNED, 1, 2);
        assertThat(look(queue).state()).as("its own failure opens it").isEqualTo(State.OPEN);
        assertThat(deadLetters()).isEmpty();
        assertThat(queues.status(queue).ready()).isEqualTo(2);

        wish(queue, Wish.CLOSE);
        assertThat(client.deliveries.getLast().returned()).isZero();
        client.settle(Settlement.RETURNED, 1);
        assertThat(deadLetters()).containsExactly("b");
    }

    @Test
    void aHeadThatExpiresStaysWhileItIsOpen() {
        var queue = breaking();
        open(queue);
        queues.drain(queue);
        wish(queue, Wish.CLOSE);
        queues.drain(queue);
        wish(queue, Wish.OPEN);
        queues.publish(queue, Message.of("x").ttl(1_000));
        bench.pass(5_000);
        assertThat(queues.status(queue).ready()).isEqualTo(1);
        assertThat(bench.idleMillis()).as("it does not turn in circles").isGreaterThan(100);
        assertThat(deadLetters()).isEmpty();
        wish(queue, Wish.CLOSE);
        bench.pass(1);
        assertThat(deadLetters()).containsExactly("x");
    }

    @Test
    void theHeadOfAFullQueueStaysWhileItIsOpen() {
        var queue = breaking("q", Map.of("x-max-length", "2"));
        wish(queue, Wish.OPEN);
        queues.publish(queue, "a", "b", "c", "d");
        assertThat(queues.status(queue).ready()).isEqualTo(4);
        assertThat(deadLetters()).isEmpty();
        wish(queue, Wish.CLOSE);
        assertThat(deadLetters()).containsExactly("a", "b");
    }

    @Test
    void withoutDeadLettersTheHeadOfAFullQueueGoesAsEver() {
        var arguments = settings("failure.percent", "50", "minimum.calls", "2");
        arguments.put("x-max-length", "2");
        var queue = queues.declare("q", arguments);
        wish(queue, Wish.OPEN);
        queues.publish(queue, "a", "b", "c", "d");
        assertThat(queues.status(queue).ready()).isEqualTo(2);
    }

    @Test
    void aBurstIntoTheDeadLettersOpensIt() {
        var queue =
                queues.declareDying(
                        "q", settings("dead.letters", "3", "dead.letters.window.ms", "1000"));
        queues.publish(queue, "a", "b", "c", "d", "e", "f");
        var client = queues.consume(queue, 0);
        client.settle(Settlement.REJECTED, 0, 1);
        bench.pass(2_000);
        client.settle(Settlement.REJECTED, 2, 3);
        assertThat(look(queue).state()).isEqualTo(State.CLOSED);
        client.settle(Settlement.REJECTED, 4, 5);
        assertThat(look(queue).state()).isEqualTo(State.OPEN);
        assertThat(look(queue).reason()).isEqualTo("3 messages died within 1000 ms");
        assertThat(deadLetters()).containsExactly("a", "b", "c", "d", "e");
        assertThat(queues.status(queue).ready()).as("the one behind it stays").isEqualTo(1);
    }
}
