package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The queue that `dead.letter.queue` names, and what goes there.
@SuppressWarnings("NullAway") // queues that the test has declared are there
final class DeadLetterQueueTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void itIsDeclaredWhenTheFirstMessageDies() {
        var queue =
                queues.declare(
                        "q",
                        Map.of(
                                "x-sluice-dead-letter-queue", "\"q.dead\"",
                                "x-sluice-dead-letter-retention-ms", "60000"));
        assertThat(find("q.dead")).isEmpty();
        reject(queue, "a");
        var dead = find("q.dead").orElseThrow();
        assertThat(dead.durable()).isTrue();
        assertThat(dead.ownsTopic()).isTrue();
        assertThat(dead.attributes())
                .containsEntry("x-sluice-retention", "60000")
                .containsEntry("x-sluice-dead-letters-of", "\"q\"");
        assertThat(queues.status(dead.part(0)).ready()).isEqualTo(1);
        bench.pass(60_000);
        bench.pass(10);
        assertThat(queues.status(dead.part(0)).ready()).isZero();
    }

    @Test
    void severalPartsMayWantItAtOnce() {
        var topic = bench.topic("t", 4, Map.of());
        var part = queues.subscribeTo(topic, "q", Map.of("x-sluice-dead-letter-queue", "\"d\""));
        var queue = bench.broker.catalog().queue(part.queue()).orElseThrow();
        for (int index = 0; index < 4; index++) {
            queues.publish(queue.part(index), "of " + index);
        }
        for (int index = 0; index < 4; index++) {
            var client = queues.consume(queue.part(index), 0);
            bench.broker
                    .queues()
                    .settle(
                            queue.part(index),
                            new Settlement(client.owner, new long[] {0, 0}, Settlement.REJECTED));
        }
        bench.quiet();
        bench.pass(1_000);
        assertThat(queues.drain(find("d").orElseThrow().part(0)))
                .containsExactlyInAnyOrder("of 0", "of 1", "of 2", "of 3");
    }

    @Test
    void itGoesBeforeAnExchange() {
        var other = queues.declare("other", Map.of());
        var queue =
                queues.declare(
                        "q",
                        Map.of(
                                "x-sluice-dead-letter-queue", "\"d\"",
                                "x-dead-letter-exchange", "\"\"",
                                "x-dead-letter-routing-key", "\"other\""));
        reject(queue, "a");
        assertThat(queues.drain(other)).isEmpty();
        assertThat(queues.drain(find("d").orElseThrow().part(0))).containsExactly("a");
    }

    @Test
    void aLetterThatDiedJustBeforeACrashArrives() {
        var queue = queues.declare("q", Map.of("x-sluice-dead-letter-queue", "\"d\""));
        queues.publish(queue, "a");
        var client = queues.consume(queue, 0);
        bench.broker
                .queues()
                .settle(
                        queue,
                        new Settlement(client.owner, new long[] {0, 0}, Settlement.REJECTED));
        bench.turn();
        bench.clock.pass(10);
        bench.turn();
        for (int chunks = 0; chunks < 3; chunks++) {
            bench.store.settleOne();
        }
        bench.crash();
        bench.pass(1_000);
        var dead = find("d").map(found -> found.part(0));
        var everything = new ArrayList<>(queues.drain(queue));
        dead.ifPresent(part -> everything.addAll(queues.drain(part)));
        assertThat(everything).containsExactly("a");
    }

    @Test
    void lettersWaitWhileItCannotBeDeclared() {
        bench.store.full(false);
        var queue = queues.declare("q", Map.of("x-sluice-dead-letter-queue", "\"d\""));
        queues.publish(queue, "a");
        var client = queues.consume(queue, 0);
        bench.store.full(true);
        client.settle(Settlement.REJECTED, 0);
        bench.pass(2_000);
        assertThat(find("d")).isEmpty();
        bench.store.full(false);
        for (int i = 0; i < 20; i++) {
            bench.pass(1_000);
        }
        assertThat(queues.drain(find("d").orElseThrow().part(0))).containsExactly("a");
    }

    @Test
    void whatIsMovedBackIsAsNewButForHowOftenItWas() {
        var queue = queues.declare("q", Map.of("x-sluice-dead-letter-queue", "\"d\""));
        reject(queue, "a");
        for (int times = 1; times <= 3; times++) {
            moveBack("d", times);
            var got = queues.consume(queue, 1);
            var delivery = got.deliveries.getFirst();
            assertThat(Letters.headers(delivery))
                    .containsEntry(LetterHeaders.REDRIVEN, "" + times)
                    .doesNotContainKeys(
                            LetterHeaders.REASON, LetterHeaders.ATTEMPTS, LetterHeaders.KIP_TOPIC);
            assertThat(delivery.returned()).isZero();
            got.settle(Settlement.REJECTED, delivery.firstOffset());
            got.cancel();
            bench.pass(100);
        }
        assertThat(Letters.next(queues, find("d").orElseThrow().part(0)))
                .containsEntry(LetterHeaders.REDRIVEN, "3")
                .containsEntry(LetterHeaders.ATTEMPTS, "1");
    }

    @Test
    void whereItWouldBeTooLargeALetterTellsLess() {
        var topic = bench.topic("t", 1, Map.of("max.message.bytes", "2000"));
        var dead = queues.subscribeTo(topic, "d");
        var queue = queues.declare("q", Map.of("x-sluice-dead-letter-queue", "\"d\""));
        reject(queue, "x".repeat(900));
        var letter = Letters.next(queues, dead);
        assertThat(letter)
                .containsEntry(LetterHeaders.REASON, "rejected")
                .doesNotContainKeys(LetterHeaders.ATTEMPT_LOG, LetterHeaders.KIP_TOPIC);
    }

    private void moveBack(String from, int times) {
        var queue = find(from).orElseThrow();
        var attributes = new HashMap<>(queue.attributes());
        var task = new Redrive("task " + times, Optional.empty(), 0, 0, 1);
        attributes.put(Redrive.ATTRIBUTE, JsonText.quoted(task.text()));
        bench.change(new CatalogChange.ConfigureQueue(queue.id(), attributes));
        bench.quiet();
        bench.pass(1_000);
    }

    private void reject(QueuePart queue, String body) {
        queues.publish(queue, body);
        var client = queues.consume(queue, 0);
        client.settle(Settlement.REJECTED, 0);
        client.cancel();
        bench.pass(100);
    }

    private Optional<Queue> find(String name) {
        return bench.broker.catalog().queue(Queue.DEFAULT_NAMESPACE, name);
    }
}
