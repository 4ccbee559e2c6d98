package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Settlement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a queue still knows after a crash or a restart.
final class QueueRestartTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    @Test
    void anAcknowledgedMessageDoesNotComeBackAfterACrashAndAnUnsettledOneDoes() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 0);
        client.settle(Settlement.ACCEPTED, 1);
        bench.pass(10);
        bench.crash();
        var again = queues.consume(queue, 0);
        assertThat(again.bodies()).containsExactly("a", "c");
        assertThat(again.deliveries).allSatisfy(it -> assertThat(it.returned()).isEqualTo(1));
    }

    @Test
    void aQueueSurvivesAnOrderlyRestartAndAnotherNumberOfShards() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c", "d");
        var client = queues.consume(queue, 0);
        client.settle(Settlement.ACCEPTED, 0, 2);
        bench.restart();
        assertThat(queues.status(queue).ready()).isEqualTo(2);
        bench.stop();
        bench.crash(3);
        assertThat(queues.drain(queue)).containsExactly("b", "d");
    }

    @Test
    void ofWhatIsDeletedUnderAQueueNothingIsReadyAfterARestart() {
        for (var arguments : List.of(Map.<String, String>of(), Map.of("x-max-priority", "9"))) {
            var queue = queues.declare("q" + arguments.size(), arguments);
            queues.publish(queue, "a", "b", "c");
            queues.consume(queue, 1);
            bench.pass(10);
            bench.broker.deleteRecords(queue.partition(), 2, new Answered<>());
            bench.quiet();
            assertThat(queues.status(queue).ready()).isEqualTo(1);
            bench.crash();
            assertThat(queues.status(queue).ready()).isEqualTo(1);
            assertThat(queues.drain(queue)).containsExactly("c");
        }
    }

    @Test
    void theBytesThatAreReadyAreTheSameAfterARestart() {
        for (var arguments : QueueBench.LIMITED_BYTES) {
            var queue = queues.declare("q" + arguments.size(), arguments);
            long later = bench.clock.millis() + 100_000;
            queues.publish(
                    queue,
                    Message.of("1"),
                    Message.of("22").priority(7),
                    Message.of("4444").notBefore(later),
                    Message.of("88888888"));
            var client = queues.consume(queue, 2);
            client.cancel();
            client.settle(Settlement.RETURNED, 1);
            var before = queues.status(queue);
            bench.pass(10);
            bench.crash();
            // Who held the other one is gone.
            var after = queues.status(queue);
            assertThat(after.ready()).isEqualTo(before.ready() + before.leased());
            assertThat(after.readyBytes()).isEqualTo(11);
            bench.stop();
            bench.crash();
            assertThat(queues.status(queue).readyBytes()).isEqualTo(11);
            bench.pass(200_000);
            assertThat(queues.status(queue).readyBytes()).isEqualTo(15);
            bench.broker.deleteRecords(queue.partition(), 2, new Answered<>());
            bench.quiet();
            assertThat(queues.status(queue).readyBytes()).isEqualTo(12);
            assertThat(queues.drain(queue)).hasSize(2);
            assertThat(queues.status(queue).readyBytes()).isZero();
        }
    }

    @Test
    void aLeaseThatOutlivesARestartGivesItsBytesBackWhenItEnds() {
        var queue =
                queues.declare(
                        "q", Map.of("x-max-length-bytes", "1000", "x-consumer-timeout", "1000"));
        queues.publish(queue, "aaaa", "bb");
        queues.consume(queue, 1);
        bench.pass(10);
        bench.crash();
        assertThat(queues.status(queue).readyBytes()).isEqualTo(2);
        bench.pass(2_000);
        assertThat(queues.status(queue).ready()).isEqualTo(2);
        assertThat(queues.status(queue).readyBytes()).isEqualTo(6);
    }

    /// All facts of the first message are gone from the disk.
    @Test
    void aDamagedStateLogBringsMessagesBackRatherThanLosingThem() {
        bench.crash(1);
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        long from = bench.hostedBy(queue.partition()).stateLog().entries().end();
        var client = queues.consume(queue, 1);
        bench.pass(10);
        client.cancel();
        long to = bench.hostedBy(queue.partition()).stateLog().entries().end();
        assertThat(to).isGreaterThan(from);
        var other = queues.consume(queue, 1);
        bench.pass(10);
        other.settle(Settlement.ACCEPTED, 1);
        bench.pass(10);
        bench.store.damage("s.1.0", to - 1);
        bench.crash();
        assertThat(queues.drain(queue)).containsExactly("a", "c");
    }

    @Test
    void prioritiesSurviveACrash() {
        var queue = queues.declare("q", Map.of("x-max-priority", "5"));
        queues.publish(queue, Message.of("a"), Message.of("b").priority(2));
        bench.crash();
        queues.publish(queue, Message.of("c").priority(1));
        assertThat(queues.drain(queue)).containsExactly("b", "c", "a");
    }

    @Test
    void aDelayedMessageComesWhenItIsDueAlsoAfterACrash() {
        var queue = queues.declare("q", Map.of());
        var client = queues.consume(queue, 0);
        long now = bench.clock.millis();
        queues.publish(queue, Message.of("later").notBefore(now + 500), Message.of("now"));
        assertThat(client.bodies()).containsExactly("now");
        assertThat(queues.status(queue).delayed()).isEqualTo(1);
        client.settle(Settlement.ACCEPTED, 1);
        bench.pass(100);
        bench.crash();
        var again = queues.consume(queue, 0);
        bench.pass(300);
        assertThat(again.bodies()).isEmpty();
        bench.pass(101);
        assertThat(again.bodies()).containsExactly("later");
        assertThat(again.deliveries.getFirst().returned()).isZero();
    }

    @Test
    void aRejectedMessageArrivesOnceWhereverTheProcessDies() {
        for (int chunks = 0; chunks < 12; chunks++) {
            var host = new Bench();
            var its = new QueueBench(host);
            var dead = its.declare("dead", Map.of());
            var queue =
                    its.declare(
                            "q",
                            Map.of(
                                    "x-dead-letter-exchange", "\"\"",
                                    "x-dead-letter-routing-key", "\"dead\""));
            its.publish(queue, "a", "b", "c");
            var client = its.consume(queue, 0);
            host.broker
                    .queues()
                    .settle(
                            queue,
                            new Settlement(client.owner, new long[] {0, 1}, Settlement.REJECTED));
            host.clock.pass(10);
            host.turn();
            for (int i = 0; i < chunks && host.store.settleOne(); i++) {
                host.clock.pass(10);
                host.turn();
            }
            host.crash();
            host.pass(1_000);
            host.pass(1_000);
            var left = its.drain(queue);
            var arrived = its.drain(dead);
            assertThat(arrived).as("after %s chunks", chunks).doesNotHaveDuplicates();
            assertThat(Stream.concat(left.stream(), arrived.stream()))
                    .as("after %s chunks", chunks)
                    .containsExactlyInAnyOrder("a", "b", "c");
            assertThat(left).contains("c");
        }
    }
}
