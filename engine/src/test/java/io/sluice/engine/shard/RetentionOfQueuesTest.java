package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Receipts.Outcome;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.record.RecordBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RetentionOfQueuesTest {
    private static final Map<String, String> BRIEF =
            Map.of("x-sluice-order", "\"fair\"", "x-sluice-retention", "1000");
    private static final Map<String, String> DEADLY =
            Map.of(
                    "x-dead-letter-exchange", "\"\"",
                    "x-dead-letter-routing-key", "\"dead\"",
                    "x-delivery-limit", "0");
    private static final int OWNER = 7;

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void whatNobodyReceivesIsGoneWhenItsTimeIsOverAndIsNoDeadLetter() {
        var dead = queues.declare("dead", Map.of());
        var queue = queues.declare("q", both(BRIEF, DEADLY));
        queues.publish(queue, "a", "b");
        bench.pass(999);
        assertThat(queues.status(queue).ready()).isEqualTo(2);
        bench.pass(1);
        assertThat(queues.status(queue).ready()).isZero();
        assertThat(queues.status(dead).ready()).isZero();
    }

    @Test
    void aMessageThatSomebodyHasIsGoneTooAndItsLeaseCannotBeMadeLonger() {
        var dead = queues.declare("dead", Map.of());
        var queue = queues.declare("q", both(BRIEF, DEADLY));
        queues.publish(queue, "a");
        assertThat(receive(queue, 60_000)).hasSize(1);
        bench.pass(500);
        assertThat(settle(queue, new Receipts.Hide(60_000))).containsExactly(Outcome.DONE);
        assertThat(queues.status(queue).leased()).isEqualTo(1);
        bench.pass(500);
        assertThat(queues.status(queue).leased()).isZero();
        assertThat(queues.status(queue).ready()).isZero();
        assertThat(queues.status(dead).ready()).isZero();
        assertThat(settle(queue, new Receipts.Hide(60_000))).containsExactly(Outcome.GONE);
        assertThat(settle(queue, new Receipts.Delete())).containsExactly(Outcome.DONE);
    }

    @Test
    void aMessageThatIsHeldAcrossARestartIsGoneWhenItsTimeIsOver() {
        var queue = queues.declare("q", BRIEF);
        queues.publish(queue, "a");
        receive(queue, 60_000);
        bench.pass(10);
        bench.crash();
        assertThat(queues.status(queue).leased()).isEqualTo(1);
        bench.pass(1_000);
        assertThat(queues.status(queue).leased()).isZero();
        assertThat(receive(queue, 0)).isEmpty();
    }

    @Test
    void aDeadLetterIsAsOldAsItWasUnlessKeysMatter() {
        var dead = queues.declare("dead", Map.of());
        long sent = bench.clock.millis();
        for (var order : List.of("\"fair\"", "\"key\"")) {
            var queue =
                    queues.declare(
                            "q" + order.length(),
                            both(both(BRIEF, DEADLY), Map.of("x-sluice-order", order)));
            queues.publish(queue, "a");
            receive(queue, 100);
        }
        bench.pass(100);
        bench.pass(1_000);
        assertThat(times(dead)).containsExactlyInAnyOrder(sent, sent + 100);
    }

    @Test
    void whatIsDeletedUnderAQueueIsGoneFromWhoeverHasIt() {
        var dead = queues.declare("dead", Map.of());
        var queue = queues.declare("q", both(BRIEF, DEADLY));
        queues.publish(queue, "a", "b");
        receive(queue, 100);
        bench.broker.deleteRecords(queue.partition(), -1, new Answered<>());
        bench.quiet();
        assertThat(queues.status(queue).leased()).isZero();
        bench.pass(10);
        bench.crash();
        assertThat(queues.status(queue).leased()).isZero();
        bench.pass(200);
        assertThat(queues.status(dead).ready()).isZero();
    }

    private List<Long> times(QueuePart queue) {
        return Stream.of(queues.get(queue, true), queues.get(queue, true))
                .map(got -> got.orElseThrow().delivery())
                .map(
                        letter -> {
                            var records =
                                    RecordBatch.view(letter.batch(), 0).recordsFrom(letter.at());
                            records.next();
                            return records.timestamp();
                        })
                .toList();
    }

    private List<Delivery> receive(QueuePart queue, long leaseMillis) {
        var reply = new Answered<List<Delivery>>();
        bench.broker
                .queues()
                .receive(queue, new Receive(OWNER, 1, 1_000, leaseMillis, 0, 1_000), reply);
        bench.quiet();
        return reply.value();
    }

    private List<Outcome> settle(QueuePart queue, Receipts.Wish wish) {
        var reply = new Answered<List<Outcome>>();
        bench.broker
                .queues()
                .settle(queue, new Receipts(new long[] {0}, new int[] {0}, wish), reply);
        bench.quiet();
        return reply.value();
    }

    private static Map<String, String> both(Map<String, String> some, Map<String, String> others) {
        var all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
