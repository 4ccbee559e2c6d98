package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Peek;
import io.sluice.broker.queue.Peeked;
import io.sluice.broker.queue.Peeked.Seen;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PeekingTest {
    private static final int MANY = 100;

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    private Peeked peek(QueuePart queue, long from, int max) {
        return peek(queue, new Peek(from, max, 1 << 20));
    }

    private Peeked peek(QueuePart queue, Peek peek) {
        var reply = new Answered<Peeked>();
        bench.broker.queues().peek(queue, peek, reply);
        bench.quiet();
        return reply.value();
    }

    private static String text(Seen seen) {
        var records = RecordBatch.view(seen.batch(), 0).recordsFrom(seen.at());
        assertThat(records.next()).isTrue();
        assertThat(records.offset()).isEqualTo(seen.offset());
        return seen.state()
                + " "
                + StandardCharsets.UTF_8.decode(records.value())
                + " "
                + seen.handedOut();
    }

    private static List<String> texts(Peeked peeked) {
        return peeked.messages().stream().map(PeekingTest::text).toList();
    }

    /// a is settled, b leased for the second time, c has come back, d waits for its time, e nobody has touched.
    private void mixed(QueuePart queue) {
        queues.publish(queue, "a", "b", "c");
        queues.publish(queue, Message.of("d").notBefore(bench.clock.millis() + 60_000));
        queues.publish(queue, "e");
        var client = queues.consume(queue, 3);
        client.cancel();
        client.settle(Settlement.ACCEPTED, 0);
        client.settle(Settlement.RETURNED, 1);
        var other = queues.consume(queue, 1);
        other.cancel();
        client.settle(Settlement.RETURNED, 2);
    }

    @Test
    void everyMessageIsShownWhereItStandsAndInWhatState() {
        for (var order : List.of("none", "fair")) {
            var queue = queues.declare("q " + order, Map.of("x-sluice-order", '"' + order + '"'));
            mixed(queue);
            var peeked = peek(queue, 0, MANY);
            assertThat(texts(peeked))
                    .as(order)
                    .containsExactly("LEASED b 2", "READY c 1", "DELAYED d 0", "READY e 0");
            assertThat(peeked.messages().get(2).untilMillis())
                    .isEqualTo(bench.clock.millis() + 60_000);
            assertThat(peeked.status().ready()).isEqualTo(2);
        }
    }

    @Test
    void whatWaitsForAnotherOfItsKeyIsReady() {
        var queue = queues.declare("q", Map.of("x-sluice-order", "\"key\""));
        queues.publish(queue, "a", "b");
        assertThat(queues.get(queue, false)).isPresent();
        assertThat(queues.get(queue, false)).isEmpty();
        assertThat(texts(peek(queue, 0, MANY))).containsExactly("LEASED a 1", "READY b 0");
    }

    @Test
    void prioritiesDoNotChangeTheOrderInWhichMessagesAreShown() {
        var queue = queues.declare("q", Map.of("x-max-priority", "9"));
        queues.publish(queue, Message.of("a").priority(1), Message.of("b").priority(9));
        var got = queues.get(queue, false);
        assertThat(got).isPresent();
        assertThat(texts(peek(queue, 0, MANY))).containsExactly("READY a 0", "LEASED b 1");
    }

    @Test
    void lookingChangesNothing() {
        var queue = queues.declare("q", Map.of());
        mixed(queue);
        var before = queues.status(queue);
        assertThat(peek(queue, 0, MANY)).isNotNull();
        assertThat(texts(peek(queue, 0, MANY))).isEqualTo(texts(peek(queue, 0, MANY)));
        assertThat(queues.status(queue)).isEqualTo(before);
        var next = queues.get(queue, false).orElseThrow().delivery();
        assertThat(QueueBench.bodies(next)).containsExactly("c");
        assertThat(next.returned()).isEqualTo(1);
        bench.crash();
        assertThat(queues.drain(queue)).contains("c", "e");
    }

    @Test
    void itShowsAsManyAsAreAskedForFromAnyOffsetOn() {
        var queue = queues.declare("q", Map.of());
        mixed(queue);
        assertThat(texts(peek(queue, 0, 2))).containsExactly("LEASED b 2", "READY c 1");
        assertThat(texts(peek(queue, 3, 1))).containsExactly("DELAYED d 0");
        assertThat(texts(peek(queue, 4, MANY))).containsExactly("READY e 0");
        assertThat(peek(queue, 5, MANY).messages()).isEmpty();
        assertThat(texts(peek(queue, new Peek(0, MANY, 1)))).containsExactly("LEASED b 2");
    }

    @Test
    void compressedBatchesAreShownToo() {
        var queue = queues.declare("q", Map.of());
        queues.publishCompressed(queue, "a", "b");
        assertThat(texts(peek(queue, 1, MANY))).containsExactly("READY b 0");
    }
}
