package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.queue.Settlement;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who gets which message, and what becomes of it.
final class QueueTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void whatIsPublishedIsDeliveredInOrder() {
        var queue = queues.declare("q", Map.of());
        var client = queues.consume(queue, 0);
        queues.publish(queue, "a", "b");
        queues.publish(queue, "c");
        assertThat(client.bodies()).containsExactly("a", "b", "c");
        assertThat(client.deliveries).allSatisfy(it -> assertThat(it.returned()).isZero());
    }

    @Test
    void aBacklogIsDeliveredToWhoComesLater() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        assertThat(queues.status(queue).ready()).isEqualTo(3);
        assertThat(queues.consume(queue, 0).bodies()).containsExactly("a", "b", "c");
        assertThat(queues.status(queue).leased()).isEqualTo(3);
    }

    @Test
    void nobodyGetsMoreThanHisPrefetchUnsettled() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 2);
        assertThat(client.bodies()).containsExactly("a", "b");
        client.settle(Settlement.ACCEPTED, 0);
        assertThat(client.bodies()).containsExactly("a", "b", "c");
        assertThat(queues.status(queue).acknowledged()).isEqualTo(1);
    }

    @Test
    void severalConsumersTakeTurns() {
        var queue = queues.declare("q", Map.of());
        var one = queues.consume(queue, 10);
        var other = queues.consume(queue, 10);
        queues.publish(queue, "a", "b", "c", "d");
        assertThat(one.bodies()).containsExactly("a", "c");
        assertThat(other.bodies()).containsExactly("b", "d");
    }

    @Test
    void aConsumerOfHigherPriorityIsServedFirstWhileItHasRoom() {
        var queue = queues.declare("q", Map.of());
        var low = queues.consume(queue, 10);
        var high = queues.consume(queue, 1, 5, false, false);
        queues.publish(queue, "a", "b");
        assertThat(high.bodies()).containsExactly("a");
        assertThat(low.bodies()).containsExactly("b");
    }

    @Test
    void whatComesBackStandsWhereItStoodAndSaysSo() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 2);
        client.cancel();
        client.settle(Settlement.RETURNED, 0);
        var again = queues.consume(queue, 10);
        assertThat(again.bodies()).containsExactly("a", "c");
        assertThat(again.deliveries.getFirst().returned()).isEqualTo(1);
    }

    @Test
    void whatNobodyLookedAtComesBackUntouched() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        client.cancel();
        client.settle(Settlement.UNTOUCHED, 0);
        assertThat(queues.consume(queue, 1).deliveries.getFirst().returned()).isZero();
    }

    @Test
    void everythingThatAnOwnerHeldGoesBackWhenItEnds() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 0);
        client.cancel();
        client.release();
        assertThat(queues.drain(queue)).containsExactly("a", "b", "c");
    }

    @Test
    void aSettlementThatIsAnsweredIsDurable() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b");
        var client = queues.consume(queue, 0);
        var reply = new Answered<Integer>();
        bench.broker
                .queues()
                .settle(
                        queue,
                        new Settlement(client.owner, new long[] {0, 7}, Settlement.ACCEPTED),
                        reply);
        bench.turn();
        assertThat(reply.isThere()).isFalse();
        bench.quiet();
        assertThat(reply.value()).isEqualTo(2);
        bench.crash();
        assertThat(queues.drain(queue)).isEmpty();
    }

    @Test
    void strangersCannotSettle() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        var client = queues.consume(queue, 0);
        client.owner = 999;
        client.settle(Settlement.ACCEPTED, 0);
        assertThat(queues.status(queue).leased()).isEqualTo(1);
    }

    @Test
    void aSingleActiveConsumerIsFollowedByTheNext() {
        var queue = queues.declare("q", Map.of("x-single-active-consumer", "true"));
        var one = queues.consume(queue, 10);
        var two = queues.consume(queue, 10);
        queues.publish(queue, "a");
        one.cancel();
        queues.publish(queue, "b");
        assertThat(one.bodies()).containsExactly("a");
        assertThat(two.bodies()).containsExactly("b");
    }

    @Test
    void anExclusiveConsumerKeepsOthersOut() {
        var queue = queues.declare("q", Map.of());
        queues.consume(queue, 1, 0, true, false);
        assertThat(queues.consume(queue, 1).subscribed.error())
                .isInstanceOf(BrokerError.InUse.class);
    }

    @Test
    void anAutoDeleteQueueGoesWithItsLastConsumerAndNotBeforeItsFirst() {
        var queue = queues.declare("q", Map.of(), true);
        assertThat(bench.broker.catalog().queue("/", "q")).isPresent();
        var client = queues.consume(queue, 1);
        client.cancel();
        assertThat(bench.broker.catalog().queue("/", "q")).isEmpty();
        assertThat(bench.hosted()).isEmpty();
    }

    @Test
    void aDeletedQueueTellsItsConsumers() {
        var queue = queues.declare("q", Map.of());
        var client = queues.consume(queue, 1);
        queues.publish(queue, "a", "b");
        var reply = new Answered<Long>();
        bench.broker.queues().delete(queue.queue(), false, false, reply);
        bench.quiet();
        assertThat(reply.value()).isEqualTo(1);
        assertThat(client.cancelled).isTrue();
    }

    @Test
    void purgingLeavesWhatIsLeasedAndDelayed() {
        var queue = queues.declare("q", Map.of());
        long now = bench.clock.millis();
        queues.publish(
                queue,
                Message.of("leased"),
                Message.of("ready"),
                Message.of("later").notBefore(now + 50));
        queues.consume(queue, 1);
        var reply = new Answered<Long>();
        bench.broker.queues().purge(queue, reply);
        bench.quiet();
        assertThat(reply.value()).isEqualTo(1);
        assertThat(queues.status(queue).leased()).isEqualTo(1);
        bench.pass(51);
        assertThat(queues.drain(queue)).containsExactly("later");
    }

    @Test
    void severalQueuesOnOneTopicEachSeeEveryMessage() {
        var topic = bench.topic("t", 1, Map.of());
        var one = queues.subscribeTo(topic, "one");
        var two = queues.subscribeTo(topic, "two");
        bench.appendDurably(one.partition(), Bench.batch("a", "b"));
        assertThat(queues.drain(one)).containsExactly("a", "b");
        bench.pass(10);
        bench.crash();
        assertThat(queues.drain(one)).isEmpty();
        assertThat(queues.drain(two)).containsExactly("a", "b");
        assertThat(bench.read(one.partition(), 0)).containsExactly(0L, 1L);
    }

    @Test
    void whatIsConsumedIsGivenBack() {
        var queue = queues.declare("q", Map.of());
        var client = queues.consume(queue, 0);
        queues.publish(queue, "a", "b", "c");
        client.settle(Settlement.ACCEPTED, 0, 1);
        bench.pass(1_000);
        assertThat(queues.start(queue)).isEqualTo(2);
        client.settle(Settlement.ACCEPTED, 2);
        bench.pass(1_000);
        assertThat(queues.start(queue)).isEqualTo(3);
    }

    @Test
    void aLongBacklogIsReadBackInOrder() {
        var queue = queues.declare("q", Map.of());
        var bodies = IntStream.range(0, 3_000).mapToObj(i -> "message " + i).toList();
        bodies.forEach(body -> queues.publish(queue, body));
        var client = queues.consume(queue, 100);
        for (int at = 0; at < 3_000; at++) {
            client.settle(Settlement.ACCEPTED, at);
        }
        assertThat(client.bodies()).isEqualTo(bodies);
    }

    @Test
    void noAckDeliveriesAreGoneAtOnce() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        var client = queues.consume(queue, 0, 0, false, true);
        assertThat(client.bodies()).containsExactly("a");
        assertThat(queues.status(queue).leased()).isZero();
        bench.pass(10);
        bench.crash();
        assertThat(queues.drain(queue)).isEmpty();
    }
}
