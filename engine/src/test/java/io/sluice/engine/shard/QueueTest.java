package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.QueueType;
import io.sluice.broker.queue.Settlement;
import io.sluice.engine.shard.QueueBench.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class QueueTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

    private static final Map<String, String> BYTES = Map.of("x-max-length-bytes", "1000");

    private static Map<String, String> with(Map<String, String> some, String key, String value) {
        var all = new HashMap<>(some);
        all.put(key, value);
        return all;
    }

    @Test
    void whatIsPublishedIsDeliveredInOrder() {
        var queue = queues.declare("q", Map.of());
        var client = queues.consume(queue, 0);
        queues.publish(queue, "a", "b");
        queues.publish(queue, "c");
        assertThat(client.bodies()).containsExactly("a", "b", "c");
        assertThat(client.deliveries).allSatisfy(it -> assertThat(it.returned()).isZero());
    }

    @Test
    void aBacklogIsDeliveredToWhoComesLater() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        assertThat(queues.status(queue).ready()).isEqualTo(3);
        assertThat(queues.consume(queue, 0).bodies()).containsExactly("a", "b", "c");
        assertThat(queues.status(queue).leased()).isEqualTo(3);
    }

    @Test
    void nobodyGetsMoreThanHisPrefetchUnsettled() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 2);
        assertThat(client.bodies()).containsExactly("a", "b");
        client.settle(Settlement.ACCEPTED, 0);
        assertThat(client.bodies()).containsExactly("a", "b", "c");
        assertThat(queues.status(queue).acknowledged()).isEqualTo(1);
    }

    @Test
    void severalConsumersTakeTurns() {
        var queue = queues.declare("q", Map.of());
        var one = queues.consume(queue, 10);
        var other = queues.consume(queue, 10);
        queues.publish(queue, "a", "b", "c", "d");
        assertThat(one.bodies()).containsExactly("a", "c");
        assertThat(other.bodies()).containsExactly("b", "d");
    }

    @Test
    void aConsumerOfHigherPriorityIsServedFirstWhileItHasRoom() {
        var queue = queues.declare("q", Map.of());
        var low = queues.consume(queue, 10);
        var high = queues.consume(queue, 1, 5, false, false);
        queues.publish(queue, "a", "b");
        assertThat(high.bodies()).containsExactly("a");
        assertThat(low.bodies()).containsExactly("b");
    }

    @Test
    void whatComesBackStandsWhereItStoodAndSaysSo() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 2);
        client.cancel();
        client.settle(Settlement.RETURNED, 0);
        var again = queues.consume(queue, 10);
        assertThat(again.bodies()).containsExactly("a", "c");
        assertThat(again.deliveries.getFirst().returned()).isEqualTo(1);
    }

    @Test
    void whatNobodyLookedAtComesBackUntouched() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        client.cancel();
        client.settle(Settlement.UNTOUCHED, 0);
        assertThat(queues.consume(queue, 1).deliveries.getFirst().returned()).isZero();
    }

    @Test
    void everythingThatAnOwnerHeldGoesBackWhenItEnds() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b", "c");
        var client = queues.consume(queue, 0);
        client.cancel();
        client.release();
        assertThat(queues.drain(queue)).containsExactly("a", "b", "c");
    }

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
    void theBytesOfDelayedMessagesCountWhenTheyAreDue() {
        for (var arguments : List.of(BYTES, with(BYTES, "x-max-priority", "9"))) {
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
    void theBytesThatAreReadyAreTheSameAfterARestart() {
        for (var arguments : List.of(BYTES, with(BYTES, "x-max-priority", "9"))) {
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
        var queue = queues.declare("q", with(BYTES, "x-consumer-timeout", "1000"));
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
    void aSettlementThatIsAnsweredIsDurable() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b");
        var client = queues.consume(queue, 0);
        var reply = new Answered<Integer>();
        bench.broker
                .queues()
                .settle(
                        queue,
                        new Settlement(client.owner, new long[] {0, 7}, Settlement.ACCEPTED),
                        reply);
        bench.turn();
        assertThat(reply.isThere()).isFalse();
        bench.quiet();
        assertThat(reply.value()).isEqualTo(2);
        bench.crash();
        assertThat(queues.drain(queue)).isEmpty();
    }

    @Test
    void strangersCannotSettle() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        var client = queues.consume(queue, 0);
        client.owner = 999;
        client.settle(Settlement.ACCEPTED, 0);
        assertThat(queues.status(queue).leased()).isEqualTo(1);
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
        var deaths = QueueBench.deaths(first).orElseThrow();
        assertThat(deaths.latestFirst()).hasSize(1);
        assertThat(deaths.latestFirst().getFirst().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(deaths.latestFirst().getFirst().originalTtlMillis()).contains(100L);
        assertThat(queues.drain(dead)).containsExactly("long");
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
    void aSingleActiveConsumerIsFollowedByTheNext() {
        var queue = queues.declare("q", Map.of("x-single-active-consumer", "true"));
        var one = queues.consume(queue, 10);
        var two = queues.consume(queue, 10);
        queues.publish(queue, "a");
        one.cancel();
        queues.publish(queue, "b");
        assertThat(one.bodies()).containsExactly("a");
        assertThat(two.bodies()).containsExactly("b");
    }

    @Test
    void anExclusiveConsumerKeepsOthersOut() {
        var queue = queues.declare("q", Map.of());
        queues.consume(queue, 1, 0, true, false);
        assertThat(queues.consume(queue, 1).subscribed.error())
                .isInstanceOf(BrokerError.InUse.class);
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
    void anAutoDeleteQueueGoesWithItsLastConsumerAndNotBeforeItsFirst() {
        var queue = queues.declare("q", Map.of(), true);
        assertThat(bench.broker.catalog().queue("/", "q")).isPresent();
        var client = queues.consume(queue, 1);
        client.cancel();
        assertThat(bench.broker.catalog().queue("/", "q")).isEmpty();
        assertThat(bench.hosted()).isEmpty();
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
    void aDeletedQueueTellsItsConsumers() {
        var queue = queues.declare("q", Map.of());
        var client = queues.consume(queue, 1);
        queues.publish(queue, "a", "b");
        var reply = new Answered<Long>();
        bench.broker.queues().delete(queue.queue(), false, false, reply);
        bench.quiet();
        assertThat(reply.value()).isEqualTo(1);
        assertThat(client.cancelled).isTrue();
    }

    @Test
    void purgingLeavesWhatIsLeasedAndDelayed() {
        var queue = queues.declare("q", Map.of());
        long now = bench.clock.millis();
        queues.publish(
                queue,
                Message.of("leased"),
                Message.of("ready"),
                Message.of("later").notBefore(now + 50));
        queues.consume(queue, 1);
        var reply = new Answered<Long>();
        bench.broker.queues().purge(queue, reply);
        bench.quiet();
        assertThat(reply.value()).isEqualTo(1);
        assertThat(queues.status(queue).leased()).isEqualTo(1);
        bench.pass(51);
        assertThat(queues.drain(queue)).containsExactly("later");
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

    @Test
    void severalQueuesOnOneTopicEachSeeEveryMessage() {
        var topic = bench.topic("t", 1, Map.of());
        var one = queues.subscribeTo(topic, "one");
        var two = queues.subscribeTo(topic, "two");
        bench.appendDurably(one.partition(), Bench.batch("a", "b"));
        assertThat(queues.drain(one)).containsExactly("a", "b");
        bench.pass(10);
        bench.crash();
        assertThat(queues.drain(one)).isEmpty();
        assertThat(queues.drain(two)).containsExactly("a", "b");
        assertThat(bench.read(one.partition(), 0)).containsExactly(0L, 1L);
    }

    @Test
    void whatIsConsumedIsGivenBack() {
        var queue = queues.declare("q", Map.of());
        var client = queues.consume(queue, 0);
        queues.publish(queue, "a", "b", "c");
        client.settle(Settlement.ACCEPTED, 0, 1);
        bench.pass(1_000);
        assertThat(queues.start(queue)).isEqualTo(2);
        client.settle(Settlement.ACCEPTED, 2);
        bench.pass(1_000);
        assertThat(queues.start(queue)).isEqualTo(3);
    }

    @Test
    void aLongBacklogIsReadBackInOrder() {
        var queue = queues.declare("q", Map.of());
        var bodies = IntStream.range(0, 3_000).mapToObj(i -> "message " + i).toList();
        bodies.forEach(body -> queues.publish(queue, body));
        var client = queues.consume(queue, 100);
        for (int at = 0; at < 3_000; at++) {
            client.settle(Settlement.ACCEPTED, at);
        }
        assertThat(client.bodies()).isEqualTo(bodies);
    }

    @Test
    void noAckDeliveriesAreGoneAtOnce() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        var client = queues.consume(queue, 0, 0, false, true);
        assertThat(client.bodies()).containsExactly("a");
        assertThat(queues.status(queue).leased()).isZero();
        bench.pass(10);
        bench.crash();
        assertThat(queues.drain(queue)).isEmpty();
    }
}
