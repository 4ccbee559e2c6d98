package io.sluice.engine.shard;

import static io.sluice.engine.shard.ReceiveTest.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receipts.Outcome;
import io.sluice.broker.queue.Settlement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Settling by receipts.
final class ReceiptsTest {
    private static final long LEASE = 1_000;
    private static final Receipts.Wish DELETE = new Receipts.Delete();

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    /// A queue of each order in which any receipt counts.
    private List<QueuePart> standard() {
        return List.of(
                queues.declare("none", Map.of()),
                queues.declare("fair", ordered("fair")),
                queues.declare("priorities", Map.of("x-max-priority", "5")));
    }

    private void take(QueuePart queue, int messages) {
        assertThat(queues.receive(queue, messages, LEASE, 0).bodies()).hasSize(messages);
    }

    @Test
    void whatIsDeletedIsGoneForGoodWhenThatIsAnswered() {
        for (var queue : standard()) {
            queues.publish(queue, "a", "b");
            take(queue, 2);
            var reply = queues.showReceipt(queue, DELETE, 0, 0);
            bench.turn();
            assertThat(reply.isThere()).isFalse();
            bench.quiet();
            assertThat(reply.value()).containsExactly(Outcome.DONE);
            assertThat(queues.status(queue).acknowledged()).isEqualTo(1);
        }
        bench.crash();
        bench.pass(LEASE);
        for (var name : List.of("none", "fair", "priorities")) {
            assertThat(queues.drain(find(name))).containsExactly("b");
        }
    }

    @Test
    void deletingTwiceIsDoneAndHidingWhatIsDeletedIsNot() {
        for (var queue : standard()) {
            queues.publish(queue, "a", "b", "c");
            take(queue, 2);
            assertThat(queues.settle(queue, DELETE, 0, 0)).isEqualTo(Outcome.DONE);
            assertThat(queues.settle(queue, DELETE, 0, 0)).isEqualTo(Outcome.DONE);
            assertThat(queues.settle(queue, new Receipts.Hide(500), 0, 0)).isEqualTo(Outcome.GONE);
            assertThat(queues.settle(queue, new Receipts.Hide(0), 0, 0)).isEqualTo(Outcome.GONE);
            assertThat(queues.status(queue).acknowledged()).isEqualTo(1);
            assertThat(queues.drain(queue)).containsExactly("c");
        }
    }

    @Test
    void anOlderReceiptDeletesWhatIsReadyAgain() {
        for (var queue : standard()) {
            queues.publish(queue, "a", "b");
            take(queue, 2);
            bench.pass(LEASE);
            assertThat(queues.settle(queue, DELETE, 1, 0)).isEqualTo(Outcome.DONE);
            bench.crash();
            assertThat(queues.drain(queue)).containsExactly("a");
        }
    }

    @Test
    void anOlderReceiptDeletesWhatOthersHold() {
        for (var queue : standard()) {
            queues.publish(queue, "a");
            take(queue, 1);
            bench.pass(LEASE);
            take(queue, 1);
            assertThat(queues.settle(queue, DELETE, 0, 0)).isEqualTo(Outcome.DONE);
            bench.pass(LEASE);
            assertThat(queues.drain(queue)).isEmpty();
        }
    }

    @Test
    void aReceiptMovesTheEndOfItsLease() {
        for (var queue : standard()) {
            queues.publish(queue, "a");
            take(queue, 1);
            assertThat(queues.settle(queue, new Receipts.Hide(5_000), 0, 0))
                    .isEqualTo(Outcome.DONE);
            bench.pass(4_000);
            bench.crash();
            bench.pass(999);
            assertThat(queues.status(queue).ready()).isZero();
            bench.pass(1);
            assertThat(queues.receive(queue, 1, LEASE, 0).returned()).containsExactly(1);
        }
    }

    @Test
    void anOlderReceiptHidesWhatIsReadyAgain() {
        for (var queue : standard()) {
            queues.publish(queue, "a", "b");
            take(queue, 2);
            bench.pass(LEASE);
            assertThat(queues.settle(queue, new Receipts.Hide(700), 1, 0)).isEqualTo(Outcome.DONE);
            assertThat(queues.status(queue).leased()).isEqualTo(1);
            assertThat(queues.settle(queue, new Receipts.Hide(0), 0, 0)).isEqualTo(Outcome.DONE);
            assertThat(queues.drain(queue)).containsExactly("a");
            bench.pass(700);
            assertThat(queues.drain(queue)).containsExactly("b");
        }
    }

    @Test
    void whatIsInFlightStaysSoWhenTheProcessDies() {
        for (var queue : standard()) {
            queues.publish(queue, "a", "b");
            take(queue, 1);
            bench.crash();
            assertThat(queues.drain(queue)).as(queue.toString()).containsExactly("b");
            bench.pass(LEASE);
            assertThat(queues.drain(queue)).containsExactly("a");
        }
    }

    /// Leases of these queues are written but not forced. Whoever had a, b and c before the power went shows receipts for what was never handed out, as far as
    /// the disk knows.
    @Test
    void aReceiptIsGoodThoughItsLeaseIsLost() {
        for (var queue : standard()) {
            queues.publish(queue, "a", "b", "c", "d");
            bench.crash();
            assertThat(queues.status(queue).ready()).as(queue.toString()).isEqualTo(4);
            assertThat(queues.settle(queue, DELETE, 1, 0)).isEqualTo(Outcome.DONE);
            assertThat(queues.settle(queue, new Receipts.Hide(600), 2, 0)).isEqualTo(Outcome.DONE);
            assertThat(queues.status(queue).ready()).isEqualTo(2);
            bench.crash();
            assertThat(queues.drain(queue)).containsExactly("a", "d");
            bench.pass(600);
            var again = queues.receive(queue, 5, LEASE, 0);
            assertThat(again.bodies()).containsExactly("c");
            assertThat(again.returned()).containsExactly(1);
        }
        assertThat(bench.failures).isEmpty();
    }

    @Test
    void limitsInBytesKnowWhatReceiptsTook() {
        var queue = queues.declare("q", Map.of("x-max-length-bytes", "30"));
        queues.publish(queue, "a".repeat(10), "b".repeat(10), "c".repeat(10));
        bench.crash();
        assertThat(queues.status(queue).readyBytes()).isEqualTo(30);
        queues.settle(queue, DELETE, 1, 0);
        assertThat(queues.status(queue).readyBytes()).isEqualTo(20);
        queues.settle(queue, new Receipts.Hide(100), 2, 0);
        assertThat(queues.status(queue).readyBytes()).isEqualTo(10);
        bench.pass(100);
        assertThat(queues.status(queue).readyBytes()).isEqualTo(20);
    }

    @Test
    void whatWaitsForItsNextTryIsNeitherDeletedNorSaidToBe() {
        for (var queue : standard()) {
            queues.publish(queue, "a");
            var client = queues.consume(queue, 1);
            client.cancel();
            client.settle(new Settlement.Released(true, 500, Failure.UNSAID), 0);
            assertThat(queues.settle(queue, DELETE, 0, 0)).isEqualTo(Outcome.EXPIRED);
            bench.pass(500);
            assertThat(queues.settle(queue, DELETE, 0, 0)).isEqualTo(Outcome.DONE);
            assertThat(queues.drain(queue)).isEmpty();
        }
    }

    @Test
    void orderedByKeyOnlyTheReceiptOfTheLeaseCounts() {
        var queue = queues.declare("q", ordered("key"));
        queues.publishKeyed(queue, "a1", "a2");
        take(queue, 1);
        bench.pass(LEASE);
        for (var wish : List.of(DELETE, new Receipts.Hide(0), new Receipts.Hide(700))) {
            assertThat(queues.settle(queue, wish, 0, 0)).isEqualTo(Outcome.EXPIRED);
        }
        take(queue, 1);
        for (var wish : List.of(DELETE, new Receipts.Hide(0), new Receipts.Hide(700))) {
            assertThat(queues.settle(queue, wish, 0, 0)).isEqualTo(Outcome.EXPIRED);
        }
        bench.crash();
        assertThat(queues.settle(queue, new Receipts.Hide(5_000), 0, 1)).isEqualTo(Outcome.DONE);
        bench.pass(4_000);
        assertThat(queues.settle(queue, DELETE, 0, 1)).isEqualTo(Outcome.DONE);
        assertThat(queues.settle(queue, DELETE, 0, 1)).isEqualTo(Outcome.DONE);
        assertThat(queues.settle(queue, new Receipts.Hide(1), 0, 1)).isEqualTo(Outcome.GONE);
        assertThat(queues.drain(queue)).containsExactly("a2");
    }

    private QueuePart find(String name) {
        return bench.broker.catalog().queue("/", name).orElseThrow().part(0);
    }
}
