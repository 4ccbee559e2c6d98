package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.Policy;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.PolicySource;
import io.sluice.broker.queue.Delivery;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueSettings;
import io.sluice.broker.queue.Receive;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A policy holds from the moment it is set, wherever it is set, and over restarts.
final class PolicyInForceTest {
    private static final int OWNER = 7;
    private static final Map<String, String> BY_KAFKA =
            Map.of("sluice.retry.max.attempts", "1", "sluice.dead.letter.queue", "dead");
    private static final Map<String, String> BY_NAME =
            Map.of("x-sluice-retry-max-attempts", "1", "x-sluice-dead-letter-queue", "\"dead\"");

    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);
    private final QueuePart dead = queues.declare("dead", Map.of());

    @Test
    void whatATopicIsToldHoldsForTheQueuesOnIt() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        fail(queue);
        assertThat(queues.status(queue).ready()).isEqualTo(1);

        bench.change(new CatalogChange.ConfigureTopic(queue.topic(), BY_KAFKA));
        fail(queue);

        assertThat(queues.status(dead).ready()).isEqualTo(1);
        assertThat(queues.status(queue).ready()).isZero();
    }

    @Test
    void whatAQueueIsToldHoldsAtOnceAndWhatIsTakenAwayNoLonger() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a", "b");
        bench.change(new CatalogChange.ConfigureQueue(queue.queue(), BY_NAME));
        fail(queue);
        assertThat(queues.status(dead).ready()).isEqualTo(1);

        bench.change(
                new CatalogChange.AdjustQueue(queue.queue(), Map.of(), BY_NAME.keySet(), Map.of()));
        fail(queue);

        assertThat(queues.status(dead).ready()).isEqualTo(1);
        assertThat(queues.status(queue).ready()).isEqualTo(1);
    }

    @Test
    void whatAQueueIsToldHoldsOverARestart() {
        var queue = queues.declare("q", Map.of());
        bench.change(new CatalogChange.ConfigureQueue(queue.queue(), BY_NAME));
        bench.pass(100);
        bench.crash();
        queues.publish(queue, "a");

        fail(queue);

        assertThat(queues.status(dead).ready()).isEqualTo(1);
        assertThat(settings(queue).layers().source(PolicySetting.RETRY_MAX_ATTEMPTS))
                .isEqualTo(PolicySource.ATTRIBUTE);
    }

    @Test
    void whatAPolicySaysHoldsAtOnceForTheQueuesOfItsPatternAndNoLongerThanItIsThere() {
        var queue = queues.declare("q", Map.of());
        var other = queues.declare("other", Map.of());
        queues.publish(queue, "a", "b");
        queues.publish(other, "c");

        policy(
                Map.of(
                        "pattern", "^q$",
                        "apply-to", "queues",
                        "definition.sluice-retry-max-attempts", "1",
                        "definition.sluice-dead-letter-queue", "\"dead\""));
        fail(queue);
        fail(other);

        assertThat(queues.status(dead).ready()).isEqualTo(1);
        assertThat(queues.status(other).ready()).isEqualTo(1);

        policy(Map.of());
        fail(queue);

        assertThat(queues.status(dead).ready()).isEqualTo(1);
        assertThat(queues.status(queue).ready()).isEqualTo(1);
    }

    /// @param settings none: it is gone
    private void policy(Map<String, String> settings) {
        bench.change(new CatalogChange.Configure(Policy.KIND, "/\u0000retrying", settings));
    }

    @Test
    void whatAQueueIsDeclaredWithHolds() {
        var queue = queues.declare("q", BY_NAME);
        queues.publish(queue, "a");

        fail(queue);

        assertThat(queues.status(dead).ready()).isEqualTo(1);
    }

    private QueueSettings settings(QueuePart queue) {
        var catalog = bench.broker.catalog();
        return catalog.settings(catalog.queue(queue.queue()).orElseThrow());
    }

    /// Somebody receives the message and does not say what became of it.
    private void fail(QueuePart queue) {
        var reply = new Answered<List<Delivery>>();
        bench.broker.queues().receive(queue, new Receive(OWNER, 1, 1_000, 100, 0, 1_000), reply);
        bench.quiet();
        assertThat(reply.value()).hasSize(1);
        for (int i = 0; i < 10; i++) {
            bench.pass(100);
        }
    }
}
