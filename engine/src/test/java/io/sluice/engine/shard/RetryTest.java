package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.queue.Settlement.Released;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// When a message that has failed is tried again, and when it is not any more.
final class RetryTest extends RetryBench {
    @Test
    void aFailedMessageWaitsLongerEachTimeAndKeepsNobodyBehindItWaiting() {
        var queue = queue(Map.of("initial-ms", "1000", "jitter", "\"none\""));
        queues.publish(queue, "a", "b");
        var client = queues.consume(queue, 1);
        client.settle(Settlement.RETURNED, 0);
        assertThat(client.bodies()).containsExactly("a", "b");
        client.settle(Settlement.ACCEPTED, 1);
        bench.pass(998);
        assertThat(client.bodies()).hasSize(2);
        bench.pass(2);
        assertThat(client.bodies()).containsExactly("a", "b", "a");
        client.settle(Settlement.RETURNED, 0);
        bench.pass(1_998);
        assertThat(client.bodies()).hasSize(3);
        assertThat(queues.status(queue).delayed()).isEqualTo(1);
        bench.pass(2);
        assertThat(client.bodies()).hasSize(4);
    }

    @Test
    void theFirstTriesMayFollowAtOnce() {
        var queue = queue(Map.of("immediate", "2", "initial-ms", "1000", "jitter", "\"none\""));
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        client.settle(Settlement.RETURNED, 0);
        client.settle(Settlement.RETURNED, 0);
        assertThat(client.bodies()).hasSize(3);
        client.settle(Settlement.RETURNED, 0);
        assertThat(client.bodies()).hasSize(3);
        bench.pass(1_000);
        assertThat(client.bodies()).hasSize(4);
    }

    @Test
    void aWaitIsRandomWithinItsRangeAndTheSameAfterARestart() {
        var queue = queue(Map.of("initial-ms", "10000", "jitter", "\"full\""));
        var bodies = new String[200];
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = "" + i;
        }
        queues.publish(queue, bodies);
        var client = queues.consume(queue, 0);
        for (int i = 0; i < bodies.length; i++) {
            client.settle(Settlement.RETURNED, i);
        }
        client.cancel();
        var perSecond = new int[10];
        for (int second = 0; second < 10; second++) {
            long before = queues.status(queue).ready();
            bench.pass(1_000);
            perSecond[second] = (int) (queues.status(queue).ready() - before);
            long due = report(queue).nextDueMillis();
            bench.crash();
            assertThat(report(queue).nextDueMillis()).isEqualTo(due);
        }
        assertThat(queues.status(queue).ready()).isEqualTo(bodies.length);
        for (int count : perSecond) {
            assertThat(count).isBetween(6, 44);
        }
    }

    @Test
    void theSmallerOfBothLimitsHolds() {
        var byLimit = queue("q1", Map.of("max-attempts", "5"), Map.of("x-delivery-limit", "1"));
        assertThat(triesOf(byLimit)).isEqualTo(2);
        var byAttempts = queue("q2", Map.of("max-attempts", "2"), Map.of("x-delivery-limit", "7"));
        assertThat(triesOf(byAttempts)).isEqualTo(2);
        var once = queue("q3", Map.of("max-attempts", "1"), Map.of());
        assertThat(triesOf(once)).isEqualTo(1);
    }

    private int triesOf(QueuePart queue) {
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        for (int before = 0; before < client.deliveries.size(); ) {
            before = client.deliveries.size();
            client.settle(Settlement.RETURNED, 0);
        }
        return client.deliveries.size();
    }

    @Test
    void aMessageThatFailsWhenItIsTooOldIsADeadLetterWhateverIsLeft() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-age-ms", "5000", "max-attempts", "100"));
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        client.settle(Settlement.RETURNED, 0);
        bench.pass(4_999);
        client.settle(Settlement.RETURNED, 0);
        assertThat(client.bodies()).hasSize(3);
        bench.pass(1);
        client.settle(Settlement.RETURNED, 0);
        bench.pass(10);
        assertThat(Letters.next(queues, dead))
                .containsEntry(LetterHeaders.REASON, "delivery_limit")
                .containsEntry(LetterHeaders.ATTEMPTS, "3");
    }

    @Test
    void aDelayThatTheConsumerAsksForGoesBeforeThePolicy() {
        var queue = queue(Map.of("initial-ms", "60000", "jitter", "\"none\""));
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        client.settle(new Released(true, 500, Failure.UNSAID), 0);
        bench.pass(500);
        assertThat(client.bodies()).hasSize(2);
        client.settle(new Released(true, 0, Failure.UNSAID), 0);
        assertThat(client.bodies()).hasSize(3);
    }

    @Test
    void whereThereIsNoPlaceForDeadLettersWhatIsSpentIsGone() {
        var queue = queues.declare("q", Map.of("x-sluice-retry-max-attempts", "1"));
        queues.publish(queue, "a");
        queues.consume(queue, 1).settle(Settlement.RETURNED, 0);
        assertThat(queues.status(queue).ready()).isZero();
        assertThat(queues.status(queue).leased()).isZero();
        assertThat(state(queue).failures().isEmpty()).isTrue();
    }

    @Test
    void onlyItsOwnKeyWaitsForAMessageThatIsTriedAgain() {
        var arguments = new HashMap<>(policy(Map.of("initial-ms", "1000", "jitter", "\"none\"")));
        arguments.put("x-sluice-order", "\"key\"");
        var queue = queues.declare("q", arguments);
        queues.publishKeyed(queue, "a1", "a2", "b1", "a3", "b2");
        var client = queues.consume(queue, 1);
        client.settle(Settlement.RETURNED, 0);
        client.settle(Settlement.ACCEPTED, 2);
        client.settle(Settlement.ACCEPTED, 4);
        assertThat(client.bodies()).containsExactly("a1", "b1", "b2");
        bench.pass(1_000);
        client.settle(Settlement.ACCEPTED, 0);
        client.settle(Settlement.ACCEPTED, 1);
        assertThat(client.bodies()).containsExactly("a1", "b1", "b2", "a1", "a2", "a3");
    }
}
