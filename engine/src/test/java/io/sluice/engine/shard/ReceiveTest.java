package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Asking once for messages, and waiting for them.
final class ReceiveTest {
    private static final long LEASE = 30_000;
    private static final long WAIT = 20_000;

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void whatIsThereIsAnsweredAtOnceAsFarAsAskedFor() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b");
        queues.publish(queue, "c", "d");
        assertThat(queues.receive(queue, 3, LEASE, 0).bodies()).containsExactly("a", "b", "c");
        assertThat(queues.receive(queue, 3, LEASE, WAIT).bodies()).containsExactly("d");
        assertThat(queues.receive(queue, 3, LEASE, 0).bodies()).isEmpty();
        assertThat(queues.status(queue).leased()).isEqualTo(4);
    }

    @Test
    void bytesAreAsManyAsAskedForButForTheFirstMessage() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a".repeat(1_000), "b".repeat(1_000));
        queues.publish(queue, "c".repeat(1_000));
        var reply = new Answered<List<Delivery>>();
        bench.broker.queues().receive(queue, new Receive(1, 10, 1, LEASE, 0, 1_000_000), reply);
        bench.quiet();
        assertThat(reply.value()).hasSize(1);
        assertThat(queues.status(queue).ready()).isEqualTo(2);
    }

    @Test
    void whoWaitsIsAnsweredWhenAMessageIsPublished() {
        var queue = queues.declare("q", Map.of());
        var asked = queues.receive(queue, 10, LEASE, WAIT);
        assertThat(asked.isThere()).isFalse();
        queues.publish(queue, "a", "b");
        assertThat(asked.bodies()).containsExactly("a", "b");
    }

    @Test
    void whoeverCameFirstIsAnsweredFirst() {
        var queue = queues.declare("q", Map.of());
        var first = queues.receive(queue, 1, LEASE, WAIT);
        var second = queues.receive(queue, 1, LEASE, WAIT);
        queues.publish(queue, "a");
        assertThat(first.bodies()).containsExactly("a");
        assertThat(second.isThere()).isFalse();
        queues.publish(queue, "b");
        assertThat(second.bodies()).containsExactly("b");
    }

    /// The message is durable, and the shard learns of it and of another who asks in the same turn.
    @Test
    void whoComesWithTheMessageWaitsBehindThoseWhoWaitedForIt() {
        var queue = queues.declare("q", Map.of());
        var first = queues.receive(queue, 1, LEASE, WAIT);
        queues.send(queue, Message.of("a"));
        bench.turn();
        bench.store.settle();
        var second = new Answered<List<Delivery>>();
        bench.broker
                .queues()
                .receive(queue, new Receive(9, 1, 1 << 20, LEASE, WAIT, 1_000_000), second);
        bench.quiet();
        assertThat(first.bodies()).containsExactly("a");
        assertThat(second.isThere()).isFalse();
    }

    @Test
    void nobodyHearsOfALeaseBeforeItIsWritten() {
        for (var order : List.of("none", "fair", "key")) {
            var queue = queues.declare("q " + order, ordered(order));
            queues.publish(queue, "a");
            var asked = queues.ask(queue, 1, LEASE, 0);
            bench.turn();
            assertThat(asked.isThere()).as(order).isFalse();
            bench.quiet();
            assertThat(asked.bodies()).as(order).hasSize(1);
        }
    }

    @Test
    void whoWasToldOfALeaseKeepsItWhenTheProcessIsKilled() {
        for (var order : List.of("none", "fair", "key")) {
            var queue = queues.declare("q " + order, ordered(order));
            queues.publish(queue, "a");
            assertThat(queues.receive(queue, 1, LEASE, 0).bodies()).containsExactly("a");
            bench.crash();
            assertThat(queues.receive(queue, 1, LEASE, 0).bodies()).as(order).isEmpty();
        }
    }

    /// What cannot be written down may come twice, which a queue ordered by key does not allow.
    @Test
    void aFullDiskKeepsNobodyFromReceivingWhereNothingMustStayInOrder() {
        for (var order : List.of("none", "fair", "key")) {
            var queue = queues.declare("q " + order, ordered(order));
            queues.publish(queue, "a");
            bench.store.full(true);
            var asked = queues.ask(queue, 1, LEASE, 0);
            bench.quiet();
            if (order.equals("key")) {
                assertThat(asked.reply().error()).isInstanceOf(BrokerError.StorageFull.class);
            } else {
                assertThat(asked.bodies()).as(order).hasSize(1);
            }
            bench.store.full(false);
            bench.pass(2_000);
        }
    }

    @Test
    void whoWaitsIsAnsweredWhenADelayEnds() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, Message.of("a").notBefore(bench.clock.millis() + 700));
        var asked = queues.receive(queue, 10, LEASE, WAIT);
        bench.pass(699);
        assertThat(asked.isThere()).isFalse();
        bench.pass(1);
        assertThat(asked.bodies()).containsExactly("a");
        assertThat(asked.returned()).containsExactly(0);
    }

    @Test
    void whoWaitsIsAnsweredWhenALeaseEnds() {
        for (var order : List.of("none", "fair", "key")) {
            var queue = queues.declare("q " + order, ordered(order));
            queues.publish(queue, "a");
            assertThat(queues.receive(queue, 1, 1_000, 0).bodies()).containsExactly("a");
            var asked = queues.receive(queue, 1, LEASE, WAIT);
            bench.pass(999);
            assertThat(asked.isThere()).isFalse();
            bench.pass(1);
            assertThat(asked.bodies()).containsExactly("a");
            assertThat(asked.returned()).containsExactly(1);
        }
    }

    @Test
    void whoWaitsIsAnsweredWhenAMessageIsShownAgain() {
        for (var order : List.of("none", "fair", "key")) {
            var queue = queues.declare("q " + order, ordered(order));
            queues.publish(queue, "a");
            queues.receive(queue, 1, LEASE, 0);
            var asked = queues.receive(queue, 1, LEASE, WAIT);
            assertThat(queues.settle(queue, new Receipts.Hide(0), 0, 0))
                    .isEqualTo(Receipts.Outcome.DONE);
            assertThat(asked.bodies()).containsExactly("a");
        }
    }

    @Test
    void whoWaitsIsAnsweredWhenAConsumerGivesBack() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        var client = queues.consume(queue, 0);
        client.cancel();
        var asked = queues.receive(queue, 1, LEASE, WAIT);
        client.settle(Settlement.RETURNED, 0);
        assertThat(asked.bodies()).containsExactly("a");
    }

    @Test
    void whoWaitedLongEnoughIsAnsweredWithNothing() {
        var queue = queues.declare("q", Map.of());
        var asked = queues.receive(queue, 1, LEASE, 5_000);
        bench.pass(4_999);
        assertThat(asked.isThere()).isFalse();
        bench.pass(1);
        assertThat(asked.bodies()).isEmpty();
        queues.publish(queue, "a");
        assertThat(queues.status(queue).ready()).isEqualTo(1);
    }

    @Test
    void whoIsCancelledTakesNothing() {
        var queue = queues.declare("q", Map.of());
        var asked = queues.receive(queue, 1, LEASE, WAIT);
        asked.cancel().run();
        bench.quiet();
        assertThat(asked.bodies()).isEmpty();
        asked.cancel().run();
        queues.publish(queue, "a");
        assertThat(queues.status(queue).ready()).isEqualTo(1);
        bench.pass(WAIT);
        queues.receive(queue, 1, LEASE, WAIT).cancel().run();
        bench.quiet();
        assertThat(queues.status(queue).leased()).isEqualTo(1);
    }

    @Test
    void whoWaitsForADeletedQueueIsToldThatItIsUnknown() {
        var queue = queues.declare("q", Map.of());
        var asked = queues.receive(queue, 1, LEASE, WAIT);
        bench.broker.queues().delete(queue.queue(), false, false, new Answered<>());
        bench.quiet();
        assertThat(asked.reply().error()).isInstanceOf(BrokerError.UnknownQueue.class);
    }

    @Test
    void whoWaitsWhenTheBrokerStopsIsAnsweredWithNothing() {
        var queue = queues.declare("q", Map.of());
        var asked = queues.receive(queue, 1, LEASE, WAIT);
        bench.stop();
        assertThat(asked.bodies()).isEmpty();
    }

    @Test
    void whoAsksForNoTimeLeavesTheMessagesReadyAndCounted() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        assertThat(queues.receive(queue, 1, 0, 0).bodies()).containsExactly("a");
        bench.pass(1);
        var again = queues.receive(queue, 1, LEASE, 0);
        assertThat(again.bodies()).containsExactly("a");
        assertThat(again.returned()).containsExactly(1);
    }

    /// More have expired than one look takes.
    @Test
    void whoWaitsBehindManyExpiredMessagesIsAnswered() {
        var queue = queues.declare("q", Map.of());
        for (int i = 0; i < 5; i++) {
            queues.publish(
                    queue,
                    IntStream.range(0, 1_000)
                            .mapToObj(it -> Message.of("old").ttl(1))
                            .toArray(Message[]::new));
        }
        queues.publish(queue, "a");
        bench.clock.pass(100);
        assertThat(queues.receive(queue, 1, LEASE, WAIT).bodies()).containsExactly("a");
    }

    @Test
    void waitingCostsNothingWhenItIsOver() {
        var queue = queues.declare("q", Map.of());
        var all = new ArrayList<Asked>();
        for (int i = 0; i < 1_000; i++) {
            all.add(queues.receive(queue, 1, LEASE, 1_000 + i));
        }
        for (int i = 0; i < 500; i++) {
            all.get(i).cancel().run();
        }
        bench.quiet();
        assertThat(hosted(queue).receivers().size()).isEqualTo(500);
        bench.pass(1_600);
        assertThat(hosted(queue).receivers().size()).isEqualTo(399);
        bench.pass(1_000);
        assertThat(hosted(queue).receivers().size()).isZero();
        assertThat(all).allMatch(Asked::isThere);
    }

    @Test
    void attributesChangeWhileSomebodyWaits() {
        var queue = queues.declare("q", Map.of());
        var asked = queues.receive(queue, 1, LEASE, WAIT);
        var change =
                new CatalogChange.ConfigureQueue(
                        queue.queue(), Map.of("x-delivery-limit", "0", "sqs.Anything", "it"));
        bench.change(change);
        bench.quiet();
        queues.publish(queue, "a");
        assertThat(asked.bodies()).containsExactly("a");
        assertThat(queues.settle(queue, new Receipts.Hide(0), 0, 0))
                .isEqualTo(Receipts.Outcome.DONE);
        assertThat(queues.status(queue).ready()).isZero();
        bench.crash();
        assertThat(bench.broker.catalog().queue(queue.queue()).orElseThrow().attributes())
                .containsEntry("sqs.Anything", "it");
    }

    /// Messages that are due here and there were often published one after the other.
    @Test
    void whatIsDueHereAndThereIsNotLookedUpOneByOne() {
        int messages = 199;
        var queue = queues.declare("q", Map.of());
        long now = bench.clock.millis();
        for (int i = 0; i < messages; i++) {
            queues.publish(queue, Message.of("m" + i).notBefore(now + 1_000 + i * 37 % messages));
        }
        bench.restart();
        bench.pass(1_000);
        int got = 0;
        for (int i = 0; i <= messages; i++) {
            got += queues.receive(queue, 9, 100_000, 0).bodies().size();
            bench.pass(1);
        }

        assertThat(got).isEqualTo(messages);
        assertThat(hosted(queue).reader().reads()).isLessThan(messages / 5);
    }

    private HostedQueue hosted(QueuePart queue) {
        return Objects.requireNonNull(
                bench.hostedBy(queue.partition()).queues().find(queue.stateId()));
    }

    static Map<String, String> ordered(String order) {
        return Map.of("x-sluice-order", '"' + order + '"');
    }
}
