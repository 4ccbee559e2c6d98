package io.sluice.engine.shard;

import static io.sluice.engine.shard.ReceiveTest.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.Settlement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Queues that hand out by key, with the log and the journal under them.
final class KeyedQueueTest {
    private static final long LEASE = 1_000;

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void oneReceiveDrainsAKeyBeforeTheNextAlsoOverSeveralBatches() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1", "b1", "a2");
        queues.publishKeyed(queue, "b2", "a3");
        queues.publishKeyed(queue, "c1");
        assertThat(queues.receive(queue, 4, LEASE, 0).bodies())
                .containsExactly("a1", "a2", "a3", "b1");
        assertThat(queues.receive(queue, 4, LEASE, 0).bodies()).containsExactly("c1");
        assertThat(queues.receive(queue, 4, LEASE, 0).bodies()).isEmpty();
    }

    @Test
    void whoWantsOneOfEachKeyGetsNoTwoOfOne() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1", "a2", "b1", "a3", "c1", "b2");
        var reply = new Answered<List<Delivery>>();
        var receive = new Receive(1, 10, 1 << 20, LEASE, 0, 1_000_000, "", true);
        bench.broker.queues().receive(queue, receive, reply);
        bench.quiet();
        assertThat(reply.value().stream().flatMap(one -> QueueBench.bodies(one).stream()))
                .containsExactly("a1", "b1", "c1");
        queues.settle(queue, new Receipts.Delete(), 0, 0);
        assertThat(receive(queue)).containsExactly("a2");
        assertThat(receive(queue)).isEmpty();
    }

    @Test
    void aKeyIsFreeAgainAfterDeletionExpiryAndShowing() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1", "a2", "a3");
        assertThat(receive(queue)).containsExactly("a1");
        assertThat(receive(queue)).isEmpty();
        queues.settle(queue, new Receipts.Delete(), 0, 0);
        assertThat(receive(queue)).containsExactly("a2");
        bench.pass(LEASE);
        assertThat(receive(queue)).containsExactly("a2");
        queues.settle(queue, new Receipts.Hide(0), 1, 1);
        assertThat(receive(queue)).containsExactly("a2");
        queues.publishKeyed(queue, "a4", "b1");
        assertThat(receive(queue)).containsExactly("b1");
        queues.settle(queue, new Receipts.Delete(), 1, 2);
        assertThat(receive(queue)).containsExactly("a3");
    }

    @Test
    void whoWaitsIsAnsweredWhenTheKeyIsFreeAgain() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1", "a2");
        receive(queue);
        var asked = queues.receive(queue, 1, LEASE, 20_000);
        queues.publishKeyed(queue, "a3");
        assertThat(asked.isThere()).isFalse();
        queues.settle(queue, new Receipts.Delete(), 0, 0);
        assertThat(asked.bodies()).containsExactly("a2");
    }

    @Test
    void aLeaseIsDurableBeforeAnybodyHearsOfIt() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1", "a2");
        var reply = queues.ask(queue, 1, LEASE, 0);
        bench.turn();
        assertThat(reply.isThere()).isFalse();
        bench.quiet();
        assertThat(reply.bodies()).hasSize(1);
        bench.crash();
        assertThat(receive(queue)).isEmpty();
        bench.pass(LEASE - 1);
        assertThat(receive(queue)).isEmpty();
        bench.pass(1);
        assertThat(receive(queue)).containsExactly("a1");
    }

    @Test
    void aLeaseThatEndedBeforeItWasDurableIsNotAnswered() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1");
        var reply = queues.ask(queue, 1, LEASE, 0);
        bench.turn();
        bench.clock.pass(LEASE);
        bench.quiet();
        assertThat(reply.bodies()).isEmpty();
        var again = queues.receive(queue, 1, LEASE, 0);
        assertThat(again.bodies()).containsExactly("a1");
        assertThat(again.returned()).containsExactly(1);
    }

    @Test
    void whoGetsOneDoesNotGetTheNextOfAKeyThatSomebodyElseHolds() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1", "a2", "b1");
        assertThat(receive(queue)).containsExactly("a1");
        assertThat(QueueBench.bodies(queues.get(queue, false).orElseThrow().delivery()))
                .containsExactly("b1");
        assertThat(queues.get(queue, false)).isEmpty();
        assertThat(queues.consume(queue, 0).bodies()).isEmpty();
    }

    @Test
    void consumersGetOneOfAKeyAtATime() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1", "a2", "b1", "b2");
        var one = queues.consume(queue, 0);
        var other = queues.consume(queue, 0);
        assertThat(one.bodies()).containsExactly("a1", "b1");
        one.settle(Settlement.ACCEPTED, 0);
        assertThat(other.bodies()).containsExactly("a2");
        one.settle(Settlement.RETURNED, 2);
        assertThat(one.deliveries.getLast().returned() + other.deliveries.getLast().returned())
                .isEqualTo(1);
    }

    @Test
    void aDelayedMessageHoldsBackThoseBehindItOfItsKeyAlsoAfterACrash() {
        var queue = queues.declare("q", ordered("key"));
        long due = bench.clock.millis() + 500;
        queues.publish(
                queue,
                Message.keyed("a1").notBefore(due),
                Message.keyed("a2"),
                Message.keyed("b1"));
        bench.crash();
        assertThat(queues.receive(queue, 9, 100, 0).bodies()).containsExactly("b1");
        bench.pass(499);
        assertThat(queues.receive(queue, 9, 100_000, 0).bodies()).containsExactly("b1");
        bench.pass(1);
        assertThat(queues.receive(queue, 9, LEASE, 0).bodies()).containsExactly("a1", "a2");
    }

    @Test
    void locksAndOrderSurviveASnapshotAndTheFactsBehindIt() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1", "a2", "b1", "b2", "c1");
        assertThat(receive(queue)).containsExactly("a1");
        bench.restart();
        assertThat(receive(queue)).containsExactly("b1");
        queues.settle(queue, new Receipts.Delete(), 2, 0);
        queues.publishKeyed(queue, "c2", "a3");
        bench.crash();
        assertThat(queues.receive(queue, 9, LEASE, 0).bodies())
                .containsExactlyInAnyOrder("b2", "c1", "c2");
        queues.settle(queue, new Receipts.Delete(), 0, 0);
        assertThat(queues.receive(queue, 9, LEASE, 0).bodies()).containsExactly("a2", "a3");
    }

    @Test
    void whatIsPurgedIsGoneWhetherLockedOrNot() {
        for (var order : List.of("key", "fair")) {
            var queue = queues.declare("q " + order, ordered(order));
            queues.publishKeyed(queue, "a1", "a2", "b1");
            receive(queue);
            var reply = new Answered<Long>();
            bench.broker.queues().purge(queue, reply);
            bench.quiet();
            assertThat(reply.value()).isEqualTo(2);
            assertThat(queues.status(queue).ready()).isZero();
            bench.pass(LEASE);
            bench.crash();
            assertThat(queues.drain(queue)).containsExactly("a1");
        }
    }

    @Test
    void oneNoisyKeyDoesNotKeepOthersWaiting() {
        var queue = queues.declare("q", ordered("fair"));
        queues.publishKeyed(
                queue, IntStream.range(0, 500).mapToObj(i -> "a" + i).toArray(String[]::new));
        queues.publishKeyed(queue, "b1", "c1", "b2");
        assertThat(queues.receive(queue, 5, LEASE, 0).bodies())
                .containsExactly("a0", "b1", "c1", "a1", "b2");
    }

    @Test
    void inTurnsKeysSurviveARestart() {
        var queue = queues.declare("q", ordered("fair"));
        queues.publishKeyed(queue, "a1", "a2", "a3", "b1");
        queues.publish(queue, "no key 1", "no key 2");
        bench.restart();
        queues.publishKeyed(queue, "c1");
        bench.crash();
        assertThat(queues.receive(queue, 4, LEASE, 0).bodies())
                .containsExactlyInAnyOrder("a1", "b1", "no key 1", "c1");
        assertThat(queues.receive(queue, 9, LEASE, 0).bodies())
                .containsExactlyInAnyOrder("a2", "a3", "no key 2");
    }

    @Test
    void whatIsConsumedIsTrimmed() {
        for (var order : List.of("key", "fair")) {
            var queue = queues.declare("q " + order, ordered(order));
            queues.publishKeyed(queue, "a1", "b1", "a2");
            queues.publishKeyed(queue, "b2");
            for (int i = 0; i < 3; i++) {
                queues.get(queue, true);
            }
            bench.pass(1_000);
            assertThat(queues.start(queue)).isEqualTo(3);
            bench.crash();
            assertThat(queues.drain(queue)).containsExactly("b2");
        }
    }

    @Test
    void priorityIsNoMatterWhereKeysAre() {
        var queue = queues.declare("q", Map.of("x-sluice-order", "\"key\"", "x-max-priority", "5"));
        queues.publish(queue, Message.keyed("a1"), Message.keyed("a2").priority(5));
        bench.restart();
        queues.publish(queue, Message.keyed("a3").priority(3));
        assertThat(queues.receive(queue, 9, LEASE, 0).bodies()).containsExactly("a1", "a2", "a3");
    }

    /// The head is read from the memory of the shard or in large pieces, not once for every message.
    @Test
    void aBacklogIsReadInOnePass() {
        for (var order : List.of("none", "key", "fair")) {
            var queue = queues.declare("q " + order, ordered(order));
            for (int i = 0; i < 200; i++) {
                queues.publishKeyed(queue, "a" + i, "b" + i);
            }
            for (int i = 0; i < 40; i++) {
                assertThat(queues.receive(queue, 10, 100_000, 0).bodies()).hasSize(10);
                if (order.equals("key")) {
                    var state = hosted(queue).state();
                    for (long offset : state.leases().of(lastOwner())) {
                        queues.settle(queue, new Receipts.Delete(), offset, 0);
                    }
                }
            }
            assertThat(hosted(queue).reader().reads()).as(order).isLessThan(5);
        }
    }

    private long lastOwner() {
        return bench.broker.queues().nextConsumerId() - 1;
    }

    private HostedQueue hosted(QueuePart queue) {
        return Objects.requireNonNull(
                bench.hostedBy(queue.partition()).queues().find(queue.stateId()));
    }

    private List<String> receive(QueuePart queue) {
        return queues.receive(queue, 1, LEASE, 0).bodies();
    }
}
