package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.LetterFilter;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.broker.queue.Redrives;
import io.sluice.broker.queue.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Redrives that are more than all and at once: a filter, a number, pauses, several parts, crashes.
final class RedriveTaskTest {
    private int tasks;
    private Bench bench = new Bench();
    private QueueBench queues = new QueueBench(bench);
    private QueuePart dead = queues.declare("dead", Map.of());
    private QueuePart source = source(Map.of());

    private QueuePart source(Map<String, String> more) {
        var arguments = new HashMap<>(more);
        arguments.put("x-dead-letter-exchange", "\"\"");
        arguments.put("x-dead-letter-routing-key", "\"dead\"");
        return queues.declare("source", arguments);
    }

    private void anew() {
        bench = new Bench();
        queues = new QueueBench(bench);
        dead = queues.declare("dead", Map.of());
        source = source(Map.of());
    }

    @Test
    void aFilterTakesItsMessagesOutOfTurnAndLeavesTheOthersInTheirOrder() {
        die("a1", "b1", "a2", "b2", "a3");
        start(containing("b"));
        bench.pass(2_000);
        assertThat(queues.drain(source)).containsExactly("b1", "b2");
        assertThat(queues.drain(dead)).containsExactly("a1", "a2", "a3");
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
        assertThat(ended().moved()).isEqualTo(2);
        assertThat(ended().skipped()).isEqualTo(3);
    }

    @Test
    void whatAFilterHasLeftIsStillThereAfterARestart() {
        die("a1", "b1", "a2", "b2", "a3");
        start(containing("b"));
        bench.pass(2_000);
        bench.crash();
        assertThat(queues.drain(dead)).containsExactly("a1", "a2", "a3");
        assertThat(queues.drain(source)).containsExactly("b1", "b2");
    }

    @Test
    void aTaskMovesNoMoreThanItsNumber() {
        die("a", "b", "c");
        start(lenient(Optional.empty(), 0, 2, LetterFilter.ALL));
        bench.pass(2_000);
        assertThat(queues.drain(source)).containsExactly("a", "b");
        assertThat(queues.drain(dead)).containsExactly("c");
        assertThat(ended().moved()).isEqualTo(2);
    }

    @Test
    void aPausedTaskStandsStillOverARestartAndGoesOnWithItsCount() {
        die(numbers(40));
        start(lenient(Optional.empty(), 10, 0, LetterFilter.ALL));
        pass(1_000);
        long before = queues.status(source).ready();
        assertThat(before).isBetween(5L, 20L);
        change(Redrives.pause(queue(), running(), true));
        pass(500);
        long paused = queues.status(source).ready();
        pass(5_000);
        bench.crash();
        pass(5_000);
        assertThat(queues.status(source).ready()).isEqualTo(paused);
        assertThat(progress(dead).moved()).isEqualTo(paused);
        change(Redrives.pause(queue(), running(), false));
        pass(10_000);
        assertThat(queues.drain(source)).containsExactly(numbers(40));
        assertThat(ended().moved()).isEqualTo(40);
    }

    @Test
    void aMessageThatWasMovedTooOftenStays() {
        source = queues.declare("often", arguments("x-sluice-redrive-max", "2"));
        die(source, "a");
        for (int round = 1; round <= 2; round++) {
            start(lenient(Optional.empty(), 0, 0, LetterFilter.ALL));
            bench.pass(2_000);
            assertThat(ended().moved()).isEqualTo(1);
            assertThat(queues.status(source).ready()).isEqualTo(1);
            reject(source, 1);
        }
        start(lenient(Optional.empty(), 0, 0, LetterFilter.ALL));
        bench.pass(2_000);
        assertThat(ended().moved()).isZero();
        assertThat(ended().skipped()).isEqualTo(1);
        assertThat(queues.status(dead).ready()).isEqualTo(1);
    }

    @Test
    void whatDiesAgainWhileTheTaskGoesOnIsNotMovedAgain() {
        die(numbers(20));
        var client = queues.consume(source, 0);
        start(lenient(Optional.empty(), 10, 0, LetterFilter.ALL));
        int rejected = 0;
        for (int tenths = 0; tenths < 100; tenths++) {
            bench.pass(100);
            for (; rejected < client.deliveries.size(); rejected++) {
                var delivery = client.deliveries.get(rejected);
                client.settle(
                        Settlement.REJECTED,
                        IntStream.rangeClosed(
                                        (int) delivery.firstOffset(), (int) delivery.lastOffset())
                                .asLongStream()
                                .toArray());
            }
        }
        assertThat(ended().moved()).isEqualTo(20);
        assertThat(queues.status(dead).ready()).isEqualTo(20);
    }

    @Test
    void aMessageWithoutAPlaceStaysAndTheOthersGo() {
        queues.publish(dead, "never died");
        die("a");
        start(lenient(Optional.empty(), 0, 0, LetterFilter.ALL));
        bench.pass(2_000);
        assertThat(queues.drain(source)).containsExactly("a");
        assertThat(queues.drain(dead)).containsExactly("never died");
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
        assertThat(ended().failed()).isEqualTo(1);
    }

    @Test
    void aTaskEndsWhenAllPartsHaveEndedAndItsNumberIsThatOfAll() {
        var parts = parts("lettered", 3);
        var elsewhere = queues.declare("elsewhere", Map.of());
        publish(parts.get(1), "a", "b");
        publish(parts.get(2), "c", "d", "e");
        dead = parts.get(0);
        start(lenient(Optional.of("elsewhere"), 0, 4, LetterFilter.ALL));
        pass(5_000);
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
        assertThat(ended().moved()).isEqualTo(4);
        assertThat(queues.drain(elsewhere)).containsExactly("a", "b", "c", "d");
        assertThat(queues.drain(parts.get(2))).containsExactly("e");
    }

    @Test
    void aTaskOfSeveralPartsKeepsItsPaceOverACrash() {
        var parts = parts("lettered", 3);
        var elsewhere = queues.declare("elsewhere", Map.of());
        for (var part : parts) {
            publish(part, numbers(10));
        }
        dead = parts.get(0);
        start(lenient(Optional.of("elsewhere"), 10, 0, LetterFilter.ALL));
        pass(1_500);
        assertThat(queues.status(elsewhere).ready()).isBetween(10L, 16L);
        bench.crash();
        pass(5_000);
        assertThat(queues.drain(elsewhere)).hasSize(30);
        assertThat(ended().moved()).isEqualTo(30);
    }

    @Test
    void aTaskThatIsTakenAwaySaysHowFarItCame() {
        die(numbers(40));
        start(lenient(Optional.empty(), 10, 0, LetterFilter.ALL));
        pass(1_000);
        var progress = progress(dead);
        change(
                Redrives.end(
                        queue(),
                        new Ended(
                                running(),
                                Status.CANCELLED,
                                progress.moved(),
                                0,
                                0,
                                0,
                                Optional.empty())));
        pass(5_000);
        assertThat(progress(dead).state()).isEqualTo(RedriveProgress.State.CANCELLED);
        assertThat(queues.status(source).ready()).isEqualTo(progress(dead).moved());
        assertThat(ended().status()).isEqualTo(Status.CANCELLED);
        start(new Redrive("another", Optional.empty(), 0, 0, 40));
        pass(2_000);
        assertThat(queues.drain(source)).containsExactly(numbers(40));
        assertThat(Redrives.ended(queue()))
                .extracting(Ended::status)
                .containsExactly(Status.COMPLETED, Status.CANCELLED);
    }

    @Test
    void ofAnOrderedQueueNothingOvertakesWhatSomebodyHoldsOfItsKey() {
        dead = queues.declare("ordered", Map.of("x-sluice-order", "\"key\""));
        var elsewhere = queues.declare("elsewhere", Map.of());
        queues.publish(
                dead,
                Stream.of("a1", "b1", "a2", "b2").map(Message::keyed).toArray(Message[]::new));
        assertThat(queues.receive(dead, 1, 60_000, 0).bodies()).containsExactly("a1");
        start(lenient(Optional.of("elsewhere"), 0, 0, LetterFilter.ALL));
        bench.pass(2_000);
        assertThat(ended().moved()).isEqualTo(2);
        assertThat(queues.drain(elsewhere)).containsExactly("b1", "b2");
        pass(60_000);
        assertThat(queues.drain(dead)).containsExactly("a1", "a2");
    }

    @Test
    void wheneverItCrashesNothingIsLostOrDoubled() {
        for (int chunks = 0; chunks < 30; chunks++) {
            anew();
            die("a1", "b1", "a2", "b2", "a3", "b3");
            var reply = bench.change(Redrives.start(queue(), containing("b")));
            bench.turn();
            for (int i = 0; i < chunks && bench.store.settleOne(); i++) {
                bench.turn();
                bench.clock.pass(50);
                bench.turn();
            }
            boolean started = reply.isThere();
            bench.crash();
            pass(3_000);
            var back = queues.drain(source);
            var left = queues.drain(dead);
            if (started || !back.isEmpty()) {
                assertThat(back).as("after %d chunks", chunks).containsExactly("b1", "b2", "b3");
                assertThat(ended().moved()).as("after %d chunks", chunks).isEqualTo(3);
                assertThat(ended().skipped()).as("after %d chunks", chunks).isEqualTo(3);
                assertThat(left).as("after %d chunks", chunks).containsExactly("a1", "a2", "a3");
            } else {
                assertThat(left).as("after %d chunks", chunks).hasSize(6);
            }
        }
    }

    @Test
    void twoWhoStartATaskAtOnceDoNotBothStartOne() {
        die("a");
        var seen = queue();
        var first = bench.change(Redrives.start(seen, new Redrive("1", Optional.empty(), 1, 0, 1)));
        var second =
                bench.change(Redrives.start(seen, new Redrive("2", Optional.empty(), 1, 0, 1)));
        bench.quiet();
        first.value();
        assertThat(second.error()).isInstanceOf(BrokerError.InUse.class);
    }

    // ---- removing

    @Test
    void aLetterIsRemovedWhereverItStands() {
        queues.publish(dead, "ready", "also ready", "held");
        queues.publish(dead, Message.of("waits").notBefore(bench.clock.millis() + 60_000));
        var client = queues.consume(dead, 0);
        client.cancel();
        client.release();
        var holder = queues.get(dead, false).orElseThrow();
        assertThat(holder.delivery().firstOffset()).isZero();
        assertThat(removed(0)).as("leased").isTrue();
        assertThat(removed(1)).as("ready").isTrue();
        assertThat(removed(3)).as("waits").isTrue();
        assertThat(removed(3)).as("gone").isFalse();
        assertThat(removed(99)).as("never there").isFalse();
        bench.crash();
        pass(120_000);
        assertThat(queues.drain(dead)).containsExactly("held");
    }

    @Test
    void whatWaitsIsRemovedBeforeAnythingBeforeItWasHandedOut() {
        queues.publish(
                dead,
                Message.of("a"),
                Message.of("waits").notBefore(bench.clock.millis() + 60_000),
                Message.of("b"));
        assertThat(removed(1)).isTrue();
        bench.restart();
        pass(120_000);
        assertThat(queues.drain(dead)).containsExactly("a", "b");
    }

    private boolean removed(long offset) {
        var reply = new Answered<Boolean>();
        bench.broker.queues().remove(dead, offset, reply);
        bench.quiet();
        return reply.value();
    }

    // ---- the scene

    private static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toArray(String[]::new);
    }

    private Map<String, String> arguments(String name, String value) {
        return Map.of(
                "x-dead-letter-exchange",
                "\"\"",
                "x-dead-letter-routing-key",
                "\"dead\"",
                name,
                value);
    }

    private List<QueuePart> parts(String name, int count) {
        var topic = bench.topic(name, count, Map.of());
        var first = queues.subscribeTo(topic, name);
        var parts = new ArrayList<QueuePart>();
        for (int index = 0; index < count; index++) {
            parts.add(new QueuePart(first.queue(), topic, index));
        }
        return parts;
    }

    private void publish(QueuePart part, String... bodies) {
        bench.appendDurably(new PartitionId(part.topic(), part.index()), Bench.batch(bodies));
    }

    private Redrive containing(String text) {
        return lenient(
                Optional.empty(), 0, 0, new LetterFilter("", "", "", -1, -1, "", "", "", text));
    }

    private Redrive lenient(Optional<String> to, int perSecond, long max, LetterFilter filter) {
        return new Redrive("task " + ++tasks, to, perSecond, 0, 0, max, false, false, filter);
    }

    private void pass(long millis) {
        for (long left = millis; left > 0; left -= 100) {
            bench.pass(100);
        }
    }

    private void die(String... bodies) {
        die(source, bodies);
    }

    private void die(QueuePart queue, String... bodies) {
        long before = queues.status(dead).ready();
        queues.publish(queue, bodies);
        reject(queue, bodies.length);
        assertThat(queues.status(dead).ready()).isEqualTo(before + bodies.length);
    }

    private void reject(QueuePart queue, int count) {
        for (int i = 0; i < count; i++) {
            var got = queues.get(queue, false).orElseThrow().delivery();
            bench.broker
                    .queues()
                    .settle(
                            queue,
                            new Settlement(
                                    1,
                                    new long[] {got.firstOffset(), got.firstOffset()},
                                    Settlement.REJECTED));
        }
        bench.pass(1_000);
    }

    private void start(Redrive redrive) {
        change(Redrives.start(queue(), redrive));
    }

    private void change(CatalogChange change) {
        Answered<Catalog> reply = bench.change(change);
        bench.quiet();
        reply.value();
    }

    private Queue queue() {
        return bench.broker.catalog().queue(dead.queue()).orElseThrow();
    }

    private Redrive running() {
        return Redrives.running(queue()).orElseThrow();
    }

    private Ended ended() {
        assertThat(Redrives.running(queue())).isEmpty();
        return Redrives.ended(queue()).getFirst();
    }

    private RedriveProgress progress(QueuePart part) {
        var reply = new Answered<RedriveProgress>();
        bench.broker.queues().redriving(part, reply);
        bench.quiet();
        return reply.value();
    }
}
