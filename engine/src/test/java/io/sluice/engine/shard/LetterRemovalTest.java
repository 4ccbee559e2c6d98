package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.QueuePart;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Dead letters that are taken away one by one.
final class LetterRemovalTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);
    private final QueuePart dead = queues.declare("dead", Map.of());

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
        bench.passInSteps(120_000);
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
        bench.passInSteps(120_000);
        assertThat(queues.drain(dead)).containsExactly("a", "b");
    }

    private boolean removed(long offset) {
        var reply = new Answered<Boolean>();
        bench.broker.queues().remove(dead, offset, reply);
        bench.quiet();
        return reply.value();
    }
}
