package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.Settlement;
import io.sluice.engine.partition.LogNames;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Queues whose records cannot be read for a while.
final class UnreadableRecordsTest {
    private static final Map<String, String> PRIORITIES = Map.of("x-max-priority", "9");

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void aQueueWhoseRecordsCannotBeReadStaysClosedUntilTheyCan() {
        var topic = queues.declare("first", Map.of());
        queues.publish(topic, Message.of("low").priority(1), Message.of("high").priority(7));
        readable(topic, false);
        var queue = queues.subscribeTo(topic.partition().topic(), "second", PRIORITIES);
        assertThat(status(queue).error()).isInstanceOf(BrokerError.StorageFailed.class);
        bench.pass(1_500);
        assertThat(status(queue).error()).isInstanceOf(BrokerError.StorageFailed.class);
        queues.publish(topic, Message.of("more").priority(3));
        readable(topic, true);
        assertThat(queues.drain(topic)).containsExactly("low", "high", "more");
        bench.pass(1_500);
        assertThat(queues.drain(queue)).containsExactly("high", "more", "low");
        bench.pass(1_500);
        assertThat(queues.start(queue)).isEqualTo(3);
    }

    /// The other queue on the topic has consumed it all.
    @Test
    void whatAClosedQueueNeedsIsKept() {
        var topic = queues.declare("first", Map.of());
        queues.publish(topic, "a", "b");
        readable(topic, false);
        var queue = queues.subscribeTo(topic.partition().topic(), "second", PRIORITIES);
        readable(topic, true);
        assertThat(queues.drain(topic)).containsExactly("a", "b");
        bench.pass(900);
        assertThat(queues.start(topic)).isZero();
        bench.pass(200);
        assertThat(queues.drain(queue)).containsExactly("a", "b");
    }

    @Test
    void aQueueThatCannotBeReadCanBeDeleted() {
        var topic = queues.declare("first", Map.of());
        queues.publish(topic, "a");
        readable(topic, false);
        var queue = queues.subscribeTo(topic.partition().topic(), "second", PRIORITIES);
        bench.change(new CatalogChange.DeleteQueue(queue.queue()));
        bench.pass(1_500);
        assertThat(status(queue).error()).isInstanceOf(BrokerError.UnknownQueue.class);
    }

    /// What nobody keeps in memory is looked at in the log.
    @Test
    void aMessageThatCannotBeReadWhenItIsPublishedIsLookedAtLater() {
        var queue = queues.declare("q", PRIORITIES);
        readable(queue, false);
        queues.publishCompressed(queue, "a", "b");
        assertThat(status(queue).value().ready()).isZero();
        queues.publish(queue, Message.of("c").priority(5));
        readable(queue, true);
        bench.pass(1_500);
        assertThat(queues.drain(queue)).containsExactly("c", "a", "b");
    }

    @Test
    void whatAQueueWithPrioritiesHasNearStaysNearUntilItIsRead() {
        var queue = queues.declare("q", PRIORITIES);
        var client = queues.consume(queue, 1);
        queues.publish(queue, Message.of("a").priority(9));
        queues.publish(queue, Message.of("b").priority(1));
        queues.publish(queue, Message.of("c").priority(5));
        readable(queue, false);
        client.settle(Settlement.ACCEPTED, 0);
        client.settle(Settlement.ACCEPTED, 2);
        assertThat(client.bodies()).containsExactly("a", "c", "b");
        assertThat(bench.hostedBy(queue.partition()).queues().nearBudget().used()).isZero();
    }

    @Test
    void aQueueWhoseKeysCannotBeReadStaysClosedUntilTheyCan() {
        var queue = queues.declare("q", ReceiveTest.ordered("key"));
        queues.publishKeyed(queue, "a1", "a2", "b1");
        assertThat(queues.receive(queue, 1, 60_000, 0).bodies()).containsExactly("a1");
        bench.stop();
        readable(queue, false);
        bench.crash();
        assertThat(status(queue).error()).isInstanceOf(BrokerError.StorageFailed.class);
        queues.publishKeyed(queue, "a3", "c1");
        bench.pass(1_500);
        assertThat(status(queue).error()).isInstanceOf(BrokerError.StorageFailed.class);
        readable(queue, true);
        bench.pass(1_500);
        assertThat(queues.receive(queue, 9, 60_000, 0).bodies()).containsExactly("b1", "c1");
    }

    @Test
    void aConsumerGetsWhatCouldNotBeReadOnceItCan() {
        var queue = queues.declare("q", Map.of());
        var client = queues.consume(queue, 0);
        readable(queue, false);
        queues.publishCompressed(queue, "a", "b");
        bench.pass(2_500);
        assertThat(client.bodies()).isEmpty();
        readable(queue, true);
        bench.pass(1_000);
        assertThat(client.bodies()).containsExactly("a", "b");
    }

    @Test
    void whoWaitsForMessagesGetsWhatCouldNotBeReadOnceItCan() {
        var queue = queues.declare("q", Map.of());
        var asked = queues.ask(queue, 1, 60_000, 20_000);
        readable(queue, false);
        queues.publishCompressed(queue, "a");
        bench.pass(2_500);
        assertThat(asked.isThere()).isFalse();
        readable(queue, true);
        bench.pass(1_000);
        assertThat(asked.bodies()).containsExactly("a");
    }

    @Test
    void whatCouldNotBeReadExpiresOnceItCan() {
        var dead = queues.declare("dead", Map.of());
        var queue = queues.declareDying("q", Map.of("x-message-ttl", "5000"));
        readable(queue, false);
        queues.publishCompressed(queue, "a");
        bench.pass(10_000);
        assertThat(queues.status(queue).ready()).isEqualTo(1);
        readable(queue, true);
        bench.pass(1_000);
        assertThat(queues.drain(dead)).containsExactly("a");
    }

    private Answered<QueueStatus> status(QueuePart queue) {
        var reply = new Answered<QueueStatus>();
        bench.broker.queues().status(queue, reply);
        bench.quiet();
        return reply;
    }

    private void readable(QueuePart queue, boolean is) {
        bench.store.unreadable(LogNames.tail(queue.partition()), !is);
    }
}
