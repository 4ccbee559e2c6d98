package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import io.sluice.broker.queue.Settlement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Dead letters on their way back.
final class RedrivingTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);
    private final QueuePart dead = queues.declare("dead", Map.of());
    private final QueuePart source = queues.declareDying("source", Map.of());

    @Test
    void theyGoBackWhereTheyDiedInTheirOrder() {
        die("a", "b", "c");
        redrive(Optional.empty(), 0);
        bench.pass(2_000);
        assertThat(queues.drain(dead)).isEmpty();
        assertThat(queues.drain(source)).containsExactly("a", "b", "c");
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
        assertThat(ended().moved()).isEqualTo(3);
        assertThat(attributes()).doesNotContainKey(Redrive.ATTRIBUTE);
    }

    @Test
    void theyGoElsewhereWhenThatIsWished() {
        var elsewhere = queues.declare("elsewhere", Map.of());
        die("a");
        queues.publish(dead, "never died");
        redrive(Optional.of("elsewhere"), 0);
        bench.pass(2_000);
        assertThat(queues.drain(elsewhere)).containsExactly("a", "never died");
        assertThat(queues.drain(source)).isEmpty();
    }

    @Test
    void theyGoAtTheWishedPace() {
        die(IntStream.range(0, 60).mapToObj(String::valueOf).toArray(String[]::new));
        redrive(Optional.empty(), 10);
        bench.passInSteps(2_000);
        assertThat(queues.status(source).ready()).isBetween(10L, 25L);
        bench.passInSteps(6_000);
        assertThat(queues.drain(source)).hasSize(60);
    }

    @Test
    void aTaskGoesOnAfterACrashAndDoublesNothing() {
        die(IntStream.range(0, 50).mapToObj(String::valueOf).toArray(String[]::new));
        redrive(Optional.empty(), 10);
        bench.passInSteps(1_500);
        bench.crash();
        bench.passInSteps(1_500);
        bench.crash();
        bench.passInSteps(10_000);
        assertThat(queues.drain(source))
                .containsExactly(
                        IntStream.range(0, 50).mapToObj(String::valueOf).toArray(String[]::new));
        assertThat(ended().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aTaskWhoseAttributeIsTakenAwayStops() {
        die(IntStream.range(0, 50).mapToObj(String::valueOf).toArray(String[]::new));
        redrive(Optional.empty(), 10);
        bench.passInSteps(1_000);
        configure(new HashMap<>());
        bench.passInSteps(20_000);
        long moved = queues.status(source).ready();
        assertThat(moved).isBetween(5L, 20L);
        assertThat(queues.status(dead).ready()).isEqualTo(50 - moved);
    }

    @Test
    void aTaskFailsWhenThereIsNoSuchQueueAndLosesNothing() {
        die("a", "b");
        redrive(Optional.of("nowhere"), 0);
        bench.pass(2_000);
        assertThat(ended().status()).isEqualTo(Status.FAILED);
        assertThat(ended().failure()).contains(Redriving.NO_DESTINATION);
        assertThat(queues.drain(dead)).containsExactly("a", "b");
    }

    @Test
    void aTaskFailsWhenNobodyKnowsWhereAMessageDied() {
        queues.publish(dead, "never died");
        redrive(Optional.empty(), 0);
        bench.pass(2_000);
        assertThat(ended().failure()).contains(Redriving.NO_SOURCE);
        assertThat(queues.drain(dead)).containsExactly("never died");
    }

    private void die(String... bodies) {
        queues.publish(source, bodies);
        var client = queues.consume(source, 0);
        client.settle(
                Settlement.REJECTED, IntStream.range(0, bodies.length).asLongStream().toArray());
        bench.pass(1_000);
        client.cancel();
        assertThat(queues.status(dead).ready()).isEqualTo(bodies.length);
    }

    private void redrive(Optional<String> to, int perSecond) {
        var attributes = new HashMap<>(attributes());
        attributes.put(
                Redrive.ATTRIBUTE,
                JsonText.quoted(
                        new Redrive("task", to, perSecond, bench.clock.millis(), 0).text()));
        configure(attributes);
    }

    private void configure(Map<String, String> attributes) {
        var reply = bench.change(new CatalogChange.ConfigureQueue(dead.queue(), attributes));
        bench.quiet();
        reply.value();
    }

    private Map<String, String> attributes() {
        return bench.broker.catalog().queue(dead.queue()).map(Queue::attributes).orElseThrow();
    }

    private Ended ended() {
        return Ended.of(
                JsonText.unquoted(attributes().getOrDefault(Redrive.ENDED_ATTRIBUTE, "\"\"")));
    }
}
