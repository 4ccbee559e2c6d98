package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.QueueType;
import io.sluice.broker.queue.Settlement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Times, lengths, priorities and tries.
final class QueueLimitsTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void theBytesOfDelayedMessagesCountWhenTheyAreDue() {
        for (var arguments : QueueBench.LIMITED_BYTES) {
            var queue = queues.declare("q" + arguments.size(), arguments);
            long now = bench.clock.millis();
            queues.publish(queue, Message.of("aaaa").notBefore(now + 100), Message.of("bb"));
            assertThat(queues.status(queue).readyBytes()).isEqualTo(2);
            bench.pass(200);
            assertThat(queues.status(queue).readyBytes()).isEqualTo(6);
            var client = queues.consume(queue, 1);
            assertThat(queues.status(queue).readyBytes()).isEqualTo(2);
            client.settle(new Settlement.Released(true, 100, Failure.UNSAID), 0);
            client.cancel();
            client.release();
            bench.pass(200);
            assertThat(queues.status(queue).readyBytes()).isEqualTo(6);
            assertThat(queues.drain(queue)).hasSize(2);
            assertThat(queues.status(queue).readyBytes()).isZero();
        }
    }

    @Test
    void timesBeyondAllTimeAreNever() {
        var queue =
                queues.declare(
                        "q",
                        Map.of(
                                "x-message-ttl", "" + Long.MAX_VALUE,
                                "x-consumer-timeout", "" + Long.MAX_VALUE,
                                "x-expires", "" + Long.MAX_VALUE));
        queues.publish(
                queue,
                Message.of("a").ttl(Long.MAX_VALUE),
                Message.of("b").ttl(Long.MAX_VALUE - 1));
        var client = queues.consume(queue, 2);
        assertThat(client.bodies()).containsExactly("a", "b");
        bench.pass(1_000);
        client.settle(new Settlement.Released(true, Long.MAX_VALUE, Failure.UNSAID), 0);
        client.settle(new Settlement.Released(true, Long.MAX_VALUE - 1, Failure.UNSAID), 1);
        bench.pass(1_000);
        assertThat(queues.status(queue).delayed()).isEqualTo(2);
        queues.publish(queue, Message.of("c").notBefore(Long.MAX_VALUE));
        bench.pass(10);
        bench.crash();
        bench.pass(1_000);
        assertThat(queues.status(queue).delayed()).isEqualTo(3);
        assertThat(queues.status(queue).ready()).isZero();
    }

    @Test
    void higherPrioritiesComeFirstAndEqualOnesInOrder() {
        var queue = queues.declare("q", Map.of("x-max-priority", "5"));
        queues.publish(
                queue,
                Message.of("low"),
                Message.of("high 1").priority(5),
                Message.of("middle").priority(3),
                Message.of("high 2").priority(200));
        assertThat(queues.drain(queue)).containsExactly("high 1", "high 2", "middle", "low");
    }

    @Test
    void anExpiredMessageIsNotDeliveredAndGoesToTheDeadLetters() {
        queues.declare("dead", Map.of());
        var dead = bench.broker.catalog().queue("/", "dead").orElseThrow().part(0);
        var queue =
                queues.declare(
                        "q",
                        Map.of(
                                "x-message-ttl",
                                "1000",
                                "x-dead-letter-exchange",
                                "\"\"",
                                "x-dead-letter-routing-key",
                                "\"dead\""));
        queues.publish(queue, Message.of("short").ttl(100), Message.of("long"));
        bench.pass(101);
        assertThat(queues.status(queue).ready()).isEqualTo(1);
        bench.pass(1_000);
        assertThat(queues.status(queue).ready()).isZero();
        var first = queues.get(dead, true).orElseThrow().delivery();
        assertThat(QueueBench.bodies(first)).containsExactly("short");
        var deaths = Letters.deaths(first).orElseThrow();
        assertThat(deaths.latestFirst()).hasSize(1);
        assertThat(deaths.latestFirst().getFirst().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(deaths.latestFirst().getFirst().originalTtlMillis()).contains(100L);
        assertThat(queues.drain(dead)).containsExactly("long");
    }

    @Test
    void theDeliveryLimitEndsAPoisonMessagesLife() {
        var queue = queues.declare("q", Map.of("x-delivery-limit", "2"));
        queues.publish(queue, "poison");
        var client = queues.consume(queue, 1);
        client.settle(Settlement.RETURNED, 0);
        client.settle(Settlement.RETURNED, 0);
        assertThat(client.deliveries).hasSize(3);
        client.settle(Settlement.RETURNED, 0);
        assertThat(client.deliveries).hasSize(3);
        assertThat(queues.status(queue).ready()).isZero();
    }

    @Test
    void atItsLimitAQueueDropsItsHeadOrRefuses() {
        var drops = queues.declare("drops", Map.of("x-max-length", "2"));
        queues.publish(drops, "a", "b", "c");
        assertThat(queues.drain(drops)).containsExactly("b", "c");
        var refuses =
                queues.declare(
                        "refuses", Map.of("x-max-length", "1", "x-overflow", "\"reject-publish\""));
        queues.publish(refuses, "a");
        var refused = queues.send(refuses, Message.of("b"));
        bench.quiet();
        assertThat(refused.error()).isInstanceOf(BrokerError.QueueFull.class);
        var byBytes = queues.declare("bytes", Map.of("x-max-length-bytes", "5"));
        queues.publish(byBytes, "abc", "def", "g");
        assertThat(queues.drain(byBytes)).containsExactly("def", "g");
    }

    @Test
    void aTimeToLiveBeyondAllTimeIsNone() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, Message.of("a").ttl(Long.MAX_VALUE));
        bench.pass(1_000);
        assertThat(queues.drain(queue)).containsExactly("a");
    }

    @Test
    void aPolicyDoesNotChangeWhatAQueueIsMadeOf() {
        var settings =
                QueueSettings.of(
                        Map.of("x-max-priority", "3"),
                        Map.of(),
                        Map.of("max-priority", "9", "queue-type", "\"stream\"", "max-length", "5"),
                        Map.of());
        assertThat(settings.priorityMax()).isEqualTo(3);
        assertThat(settings.type()).isEqualTo(QueueType.CLASSIC);
        assertThat(settings.lengthMax()).isEqualTo(5);
    }

    @Test
    void aTimeToLiveOfNothingMeansNowOrNever() {
        var queue = queues.declare("q", Map.of("x-message-ttl", "0"));
        queues.publish(queue, "never");
        assertThat(queues.status(queue).ready()).isZero();
        var client = queues.consume(queue, 1);
        queues.publish(queue, "now", "never again");
        assertThat(client.bodies()).containsExactly("now");
        assertThat(queues.status(queue).ready()).isZero();
    }

    @Test
    void anUnusedQueueExpires() {
        queues.declare("q", Map.of("x-expires", "1000"));
        bench.pass(900);
        assertThat(bench.broker.catalog().queue("/", "q")).isPresent();
        bench.pass(101);
        assertThat(bench.broker.catalog().queue("/", "q")).isEmpty();
    }

    @Test
    void aLeaseThatTakesTooLongComesBack() {
        var queue = queues.declare("q", Map.of("x-consumer-timeout", "500"));
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        bench.pass(501);
        assertThat(client.bodies()).containsExactly("a", "a");
        assertThat(client.deliveries.getLast().returned()).isEqualTo(1);
    }
}
