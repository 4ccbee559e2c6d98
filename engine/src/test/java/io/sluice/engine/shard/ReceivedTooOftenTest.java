package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Receive;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of messages that die of nothing but being received, and are moved back.
final class ReceivedTooOftenTest {
    private static final int OWNER = 7;

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);
    private final QueuePart dead = queues.declare("dead", of("source"));
    private final QueuePart source = queues.declare("source", of("dead"));

    /// As SQS declares a queue whose messages die when they were received once.
    private static Map<String, String> of(String deadLetters) {
        return Map.of(
                "x-sluice-order", "\"fair\"",
                "x-sluice-retention", "3600000",
                "x-delivery-limit", "0",
                "x-dead-letter-exchange", "\"\"",
                "x-dead-letter-routing-key", "\"" + deadLetters + "\"");
    }

    @Test
    void queuesThatAreEachOthersDeadLettersLoseNothing() {
        queues.publish(source, "a");
        for (int round = 0; round < 3; round++) {
            die(source, 1);
            assertThat(queues.status(dead).ready()).isEqualTo(1);
            die(dead, 1);
            assertThat(queues.status(source).ready()).isEqualTo(1);
        }
    }

    @Test
    void deadLettersGoBackToWhereTheyDiedAndAreAsNew() {
        queues.publish(source, "a", "b");
        die(source, 2);

        move(new Redrive("task", Optional.empty(), 0, 0, 2));

        assertCompleted(task("task", 0, 2), 2);
        var delivery = receive(source).getFirst();
        assertThat(QueueBench.bodies(delivery)).containsExactly("a");
        assertThat(Letters.deaths(delivery)).isEmpty();
        assertThat(queues.status(dead).ready()).isZero();
    }

    @Test
    void aTaskThatIsWrittenOnceMoreByMistakeEndsOnceMore() {
        queues.publish(source, "a");
        die(source, 1);
        var redrive = new Redrive("task", Optional.empty(), 0, 0, 1);
        move(redrive);
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
        move(redrive);
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aSlowTaskKeepsItsPaceAndItsCountOverARestart() {
        queues.publish(source, "a", "b", "c", "d");
        die(source, 4);

        move(new Redrive("task", Optional.empty(), 1, 0, 4));
        seconds(1);
        assertThat(queues.status(source).ready()).isEqualTo(1);
        bench.pass(10);
        bench.crash();
        assertThat(queues.status(source).ready()).isEqualTo(1);
        seconds(1);
        assertThat(queues.status(source).ready()).isEqualTo(2);
        seconds(3);
        assertCompleted(task("task", 1, 4), 4);
    }

    private static Redrive task(String id, int perSecond, long toMove) {
        return new Redrive(id, Optional.empty(), perSecond, 0, toMove);
    }

    private void assertCompleted(Redrive task, long moved) {
        assertThat(ended().task()).isEqualTo(task);
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
        assertThat(ended().moved()).isEqualTo(moved);
        assertThat(ended().failure()).isEmpty();
    }

    private void seconds(int count) {
        for (int tenth = 0; tenth < 10 * count; tenth++) {
            bench.pass(100);
        }
    }

    /// Receives that many and waits until all have died.
    private void die(QueuePart queue, int messages) {
        for (int i = 0; i < messages; i++) {
            assertThat(receive(queue)).hasSize(1);
        }
        bench.pass(100);
        for (int i = 0; i < 10; i++) {
            bench.pass(100);
        }
    }

    private List<Delivery> receive(QueuePart queue) {
        var reply = new Answered<List<Delivery>>();
        bench.broker.queues().receive(queue, new Receive(OWNER, 1, 1_000, 100, 0, 1_000), reply);
        bench.quiet();
        return reply.value();
    }

    private void move(Redrive redrive) {
        configure(Map.of(Redrive.ATTRIBUTE, JsonText.quoted(redrive.text())));
        bench.pass(200);
        bench.pass(200);
    }

    private void configure(Map<String, String> attributes) {
        bench.change(new CatalogChange.ConfigureQueue(dead.queue(), new HashMap<>(attributes)));
        bench.quiet();
    }

    private Ended ended() {
        var queue = bench.broker.catalog().queue(dead.queue()).orElseThrow();
        assertThat(queue.attributes()).doesNotContainKey(Redrive.ATTRIBUTE);
        assertThat(queue.attributes()).containsKey(Redrive.ENDED_ATTRIBUTE);
        return Ended.of(
                JsonText.unquoted(queue.attributes().getOrDefault(Redrive.ENDED_ATTRIBUTE, "")));
    }
}
