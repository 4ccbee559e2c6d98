package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.State;
import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receipts.Outcome;
import io.sluice.broker.queue.Settlement;
import io.sluice.engine.shard.QueueBench.Client;
import io.sluice.engine.shard.QueueBench.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What a queue does while its breaker is open, and how it comes back.
final class QueueBreakerTest {
    private static final long OPEN = 30_000;

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);
    private final QueuePart dead = queues.declare("dead", Map.of());

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
        var queue = dying("q", settings("dead.letters", "3", "dead.letters.window.ms", "1000"));
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

    // ---- making and asking

    /// Publishes two messages, at which two consumers fail.
    private void open(QueuePart queue) {
        queues.publish(queue, "0", "1");
        var client = queues.consume(queue, 0);
        client.cancel();
        client.settle(Settlement.RETURNED, 0, 1);
        assertThat(look(queue).state()).isEqualTo(State.OPEN);
    }

    private QueuePart breaking(String... settings) {
        return breaking("q", Map.of(), settings);
    }

    private QueuePart breaking(String name, Map<String, String> arguments, String... settings) {
        var all = settings("failure.percent", "60", "minimum.calls", "2");
        all.putAll(settings(settings));
        all.putAll(arguments);
        return dying(name, all);
    }

    private QueuePart dying(String name, Map<String, String> arguments) {
        var all = new HashMap<>(arguments);
        all.put("x-dead-letter-exchange", "\"\"");
        all.put("x-dead-letter-routing-key", "\"dead\"");
        return queues.declare(name, all);
    }

    private static Map<String, String> settings(String... settings) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("x-sluice-breaker-" + settings[i].replace('.', '-'), settings[i + 1]);
        }
        return all;
    }

    private BreakerView look(QueuePart queue) {
        return wish(queue, Wish.LOOK);
    }

    private BreakerView wish(QueuePart queue, Wish wish) {
        var reply = new Answered<BreakerView>();
        bench.broker.queues().breaker(queue, wish, reply);
        bench.quiet();
        return reply.value();
    }

    private List<String> deadLetters() {
        bench.pass(10);
        return queues.drain(dead);
    }

    private static List<String> bodies(Client... clients) {
        var bodies = new ArrayList<String>();
        for (var client : clients) {
            bodies.addAll(client.bodies());
        }
        return bodies;
    }

    /// Whoever has it settles it.
    private static void accept(long offset, Client... clients) {
        for (var client : clients) {
            boolean has =
                    client.deliveries.stream()
                            .flatMapToLong(
                                    one ->
                                            LongStream.rangeClosed(
                                                    one.firstOffset(), one.lastOffset()))
                            .anyMatch(one -> one == offset);
            if (has) {
                client.settle(Settlement.ACCEPTED, offset);
            }
        }
    }
}
