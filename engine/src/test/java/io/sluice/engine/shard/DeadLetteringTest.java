package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.message.DeadLetter;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.routing.Binding;
import io.sluice.engine.partition.LogNames;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Dead letters on ways that are not smooth.
@SuppressWarnings("NullAway") // queues that the test has declared are there
final class DeadLetteringTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void moreThanTheTargetTakesInOneBatchGoesInSeveral() {
        var dead = onTopic(2_000);
        var queue = dying();
        var bodies = IntStream.range(0, 20).mapToObj(i -> i + "x".repeat(300)).toList();
        queues.publish(queue, bodies.toArray(String[]::new));
        reject(queue, bodies.size());
        assertThat(queues.drain(dead)).isEqualTo(bodies);
    }

    @Test
    void aLetterThatTheTargetCannotTakeDoesNotTakeTheOthersWithIt() {
        var dead = onTopic(2_000);
        var queue = dying();
        queues.publish(queue, "a", "b".repeat(3_000), "c", "d");
        reject(queue, 4);
        assertThat(queues.drain(dead)).containsExactly("a", "c", "d");
        queues.publish(queue, "e");
        var client = queues.consume(queue, 0);
        client.settle(Settlement.REJECTED, 4);
        bench.pass(2_000);
        assertThat(queues.drain(dead)).containsExactly("e");
    }

    /// As where it was not written down that a letter had arrived, and more batches have gone there since than the target remembers.
    @Test
    void aLetterWhoseNumberTheTargetIsPastHasArrivedAndDoesNotGoTwice() {
        var dead = queues.declare("dead", Map.of());
        var queue = dying();
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 0);
        client.settle(Settlement.REJECTED, 0);
        bench.pass(1_000);
        var first = queues.get(dead, true).orElseThrow().delivery();
        long producer = RecordBatch.view(first.batch(), 0).producerId();
        bench.appendDurably(dead.partition(), Bench.batch(producer, 1, "1", "2", "3"));
        assertThat(queues.drain(dead)).containsExactly("1", "2", "3");
        client.settle(Settlement.REJECTED, 1, 2);
        bench.pass(2_000);
        assertThat(queues.drain(dead)).isEmpty();
        assertThat(queues.status(queue).ready()).isZero();
        queues.publish(queue, "d", "e");
        client.settle(Settlement.REJECTED, 3);
        bench.pass(2_000);
        client.settle(Settlement.REJECTED, 4);
        bench.pass(2_000);
        assertThat(queues.drain(dead)).containsExactly("e");
    }

    @Test
    void aBacklogThatExpiresAtOnceDiesAFewAtATime() {
        var dead = queues.declare("dead", Map.of());
        var queue = queues.declareDying("q", Map.of("x-message-ttl", "1000"));
        int messages = 30_000;
        for (int i = 0; i < messages; i += 1_000) {
            queues.publish(
                    queue,
                    IntStream.range(i, i + 1_000).mapToObj(it -> "" + it).toArray(String[]::new));
        }
        bench.clock.pass(2_000);
        bench.turn();
        var state = bench.hostedBy(queue.partition()).queues().find(queue.stateId()).state();
        assertThat(state.dying().size()).isBetween(1, 12_000);
        bench.quiet();
        for (int i = 0; i < 100 && queues.status(dead).ready() < messages; i++) {
            bench.pass(10);
        }
        assertThat(queues.status(dead).ready()).isEqualTo(messages);
        assertThat(state.dying()).isEmpty();
    }

    @Test
    void aTargetThatIsFullDoesNotKeepTheOthersWaiting() {
        var full = queues.declare("full", FULL);
        var free = queues.declare("free", Map.of());
        queues.publish(full, "before");
        var toFull = dying("q1", "full");
        bind("free", "full");
        queues.publish(toFull, "a", "b");
        reject(toFull, 2);
        assertThat(queues.drain(free)).containsExactly("a", "b");
        queues.publish(toFull, "c");
        var client = queues.consume(toFull, 0);
        client.settle(Settlement.REJECTED, 2);
        bench.pass(2_000);
        assertThat(queues.drain(free)).containsExactly("c");
        assertThat(queues.start(toFull)).isZero();
        bench.pass(10);
        bench.crash();
        bench.pass(2_000);
        var got = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            got.addAll(queues.drain(full));
            bench.pass(1_000);
        }
        assertThat(got).containsExactly("before", "a", "b", "c");
        assertThat(queues.drain(free)).isEmpty();
        bench.pass(1_000);
        assertThat(queues.start(toFull)).isEqualTo(3);
    }

    @Test
    void whatIsHeldForAFullTargetOutlivesAnOrderlyRestart() {
        var full = queues.declare("full", FULL);
        queues.publish(full, "before");
        var queue = dying("q1", "full");
        bind("full");
        queues.publish(queue, "a", "b");
        reject(queue, 2);
        bench.restart();
        var got = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            got.addAll(queues.drain(full));
            bench.pass(1_000);
        }
        assertThat(got).containsExactly("before", "a", "b");
    }

    /// Its disk gives nothing back.
    @Test
    void aLetterThatCannotBeReadSaysSo() {
        var dead = queues.declare("dead", Map.of());
        var queue = dying();
        queues.publish(queue, "a");
        bench.crash();
        bench.pass(10);
        var client = queues.consume(queue, 0);
        var store = bench.store;
        client.cancel();
        store.unreadable(LogNames.tail(queue.partition()), true);
        client.settle(Settlement.REJECTED, 0);
        passTries(50);
        assertThat(queues.status(dead).ready()).isZero();
        passTries(12);
        var letter = queues.get(dead, true).orElseThrow().delivery();
        assertThat(Letters.deaths(letter).orElseThrow().firstReason()).isEqualTo(Reason.REJECTED);
        var records = RecordBatch.view(letter.batch(), 0).recordsFrom(letter.at());
        assertThat(records.next()).isTrue();
        assertThat(records.headers()).extracting(Header::key).contains(DeadLetter.UNREADABLE);
        var hosted = bench.hostedBy(queue.partition()).queues().find(queue.stateId());
        assertThat(hosted.counts().unreadable).isEqualTo(2);
    }

    private void passTries(int tries) {
        for (int i = 0; i < tries; i++) {
            bench.pass(600);
        }
    }

    /// It was read when it was routed, and cannot be read when it is sent.
    @Test
    void aHeldLetterThatCannotBeReadNowKeepsItsBody() {
        var full = queues.declare("full", FULL);
        queues.publish(full, "before");
        var queue = dying("q1", "full");
        bind("full");
        queues.publish(queue, "a");
        reject(queue, 1);
        bench.crash();
        bench.pass(10);
        bench.store.unreadable(LogNames.tail(queue.partition()), true);
        assertThat(queues.drain(full)).containsExactly("before");
        for (int i = 0; i < 4; i++) {
            bench.pass(600);
            assertThat(queues.drain(full)).isEmpty();
        }
        bench.store.unreadable(LogNames.tail(queue.partition()), false);
        bench.pass(600);
        assertThat(queues.drain(full)).containsExactly("a");
    }

    private static final Map<String, String> FULL =
            Map.of("x-max-length", "1", "x-overflow", "\"reject-publish\"");

    private void bind(String... targets) {
        for (var target : targets) {
            var binding =
                    new Binding(Queue.DEFAULT_NAMESPACE, "amq.fanout", target, true, "", Map.of());
            bench.change(new CatalogChange.Bind(binding));
            bench.quiet();
        }
    }

    private QueuePart dying(String name, String key) {
        return queues.declare(
                name,
                Map.of(
                        "x-dead-letter-exchange",
                        "\"amq.fanout\"",
                        "x-dead-letter-routing-key",
                        "\"" + key + "\""));
    }

    /// Where dead letters go: a queue on a topic that takes batches up to that size.
    private QueuePart onTopic(int batchBytesMax) {
        var topic = bench.topic("t", 1, Map.of("max.message.bytes", "" + batchBytesMax));
        return queues.subscribeTo(topic, "dead");
    }

    private QueuePart dying() {
        return queues.declareDying("q", Map.of());
    }

    private void reject(QueuePart queue, int messages) {
        var client = queues.consume(queue, 0);
        assertThat(client.bodies()).hasSize(messages);
        client.settle(Settlement.REJECTED, LongStream.range(0, messages).toArray());
        client.cancel();
        bench.pass(2_000);
    }
}
