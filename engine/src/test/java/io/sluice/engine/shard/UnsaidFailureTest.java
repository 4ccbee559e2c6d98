package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.queue.Receipts;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What counts as a failed try although nobody says so: a lost connection, a restart, a timeout.
final class UnsaidFailureTest extends RetryBench {
    @Test
    void whoIsGoneHasFailedWhereThatCounts() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "2", "initial-ms", "1000", "jitter", "\"none\""));
        queues.publish(queue, "a");
        gone(queues.consume(queue, 1));
        assertThat(queues.status(queue).delayed()).isEqualTo(1);
        bench.pass(1_000);
        var second = queues.consume(queue, 1);
        assertThat(second.bodies()).containsExactly("a");
        gone(second);
        bench.pass(10);
        assertThat(Letters.next(queues, dead))
                .containsEntry(LetterHeaders.ERROR_CODE, "connection_lost")
                .containsEntry(LetterHeaders.ATTEMPTS, "2");
    }

    @Test
    void whoIsGoneHasNotFailedWhereThatDoesNotCount() {
        var queue =
                queue(
                        Map.of(
                                "max-attempts", "1",
                                "initial-ms", "1000",
                                "connection-lost", "\"uncounted\""));
        queues.publish(queue, "a");
        gone(queues.consume(queue, 1));
        var second = queues.consume(queue, 1);
        assertThat(second.bodies()).containsExactly("a");
        var delivery = second.deliveries.getFirst();
        assertThat(delivery.returned()).isZero();
        assertThat(delivery.redelivered()).isTrue();
        assertThat(report(queue).failures()).isZero();
        bench.pass(10);
        bench.crash();
        var third = queues.consume(queue, 1);
        assertThat(third.deliveries.getFirst().returned()).isZero();
        assertThat(third.deliveries.getFirst().redelivered()).isTrue();
    }

    @Test
    void aRestartIsALostConnectionToo() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "2", "initial-ms", "1000", "jitter", "\"none\""));
        queues.publish(queue, "a");
        queues.consume(queue, 1);
        bench.pass(10);
        bench.crash();
        assertThat(queues.status(queue).delayed()).isEqualTo(1);
        bench.pass(1_000);
        assertThat(queues.consume(queue, 1).bodies()).containsExactly("a");
        bench.pass(10);
        bench.crash();
        bench.pass(1_000);
        assertThat(Letters.next(queues, dead))
                .containsEntry(LetterHeaders.ERROR_CODE, "connection_lost")
                .containsEntry(LetterHeaders.ATTEMPTS, "2");
    }

    /// Its record was deleted while somebody had it: there is nothing to bury.
    @Test
    void whatWasDeletedMeanwhileIsNoDeadLetter() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "1"));
        queues.publish(queue, "a", "b");
        queues.consume(queue, 1);
        bench.broker.deleteRecords(queue.partition(), 1, new Answered<>());
        bench.quiet();
        bench.pass(10);
        bench.crash();
        bench.pass(1_000);
        assertThat(queues.status(dead).ready()).isZero();
        assertThat(queues.drain(queue)).containsExactly("b");
    }

    @Test
    void aTimeoutSaysSo() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue("q", Map.of("max-attempts", "1"), Map.of("x-consumer-timeout", "1000"));
        queues.publish(queue, "a");
        queues.consume(queue, 1);
        bench.pass(1_000);
        bench.pass(10);
        assertThat(Letters.next(queues, dead)).containsEntry(LetterHeaders.ERROR_CODE, "timeout");
    }

    @Test
    void whatIsReceivedByReceiptIsTriedAgainByThePolicyToo() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "3", "initial-ms", "1000", "jitter", "\"none\""));
        queues.publish(queue, "a");
        assertThat(queues.receive(queue, 1, 5_000, 0).bodies()).containsExactly("a");
        bench.pass(5_000);
        assertThat(queues.receive(queue, 1, 5_000, 0).bodies()).isEmpty();
        bench.pass(1_000);
        assertThat(queues.receive(queue, 1, 5_000, 0).returned()).containsExactly(1);
        assertThat(queues.settle(queue, new Receipts.Hide(0), 0, 1))
                .isEqualTo(Receipts.Outcome.DONE);
        assertThat(queues.receive(queue, 1, 5_000, 0).bodies()).isEmpty();
        bench.pass(2_000);
        assertThat(queues.receive(queue, 1, 5_000, 0).returned()).containsExactly(2);
        assertThat(queues.settle(queue, new Receipts.Hide(60_000), 0, 2))
                .isEqualTo(Receipts.Outcome.DONE);
        bench.pass(59_000);
        assertThat(queues.status(dead).ready()).isZero();
        bench.pass(1_000);
        bench.pass(10);
        assertThat(Letters.next(queues, dead))
                .containsEntry(LetterHeaders.ATTEMPTS, "3")
                .containsEntry(LetterHeaders.ERROR_CODE, "timeout");
    }

    private static void gone(Client client) {
        client.cancel();
        client.release();
    }
}
