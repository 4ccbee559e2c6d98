package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.queue.Settlement.Released;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is remembered of tries that failed, and what dead letters and reports tell of them.
final class FailureHistoryTest extends RetryBench {
    @Test
    void aMessageThatHasFailedTooOftenIsADeadLetterThatTellsAll() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "3", "initial-ms", "100", "jitter", "\"none\""));
        queues.publish(queue, "before", "poison");
        var client = queues.consume(queue, 0);
        client.settle(Settlement.ACCEPTED, 0);
        long start = bench.clock.millis();
        client.settle(Settlement.RETURNED, 1);
        bench.pass(100);
        client.settle(failed("503", "no gateway"), 1);
        bench.pass(200);
        client.settle(failed("500", "no luck"), 1);
        bench.pass(10);
        assertThat(client.bodies()).containsExactly("before", "poison", "poison", "poison");
        var letter = Letters.next(queues, dead);
        var tag = "tag " + client.id;
        assertThat(letter)
                .containsEntry("x-sluice-reason", "delivery_limit")
                .containsEntry("x-sluice-source-namespace", "/")
                .containsEntry("x-sluice-source-topic", "q")
                .containsEntry("x-sluice-source-partition", "0")
                .containsEntry("x-sluice-source-offset", "1")
                .containsEntry("x-sluice-source-queue", "q")
                .containsEntry("x-sluice-source-time", time(start))
                .containsEntry("x-sluice-error-code", "500")
                .containsEntry("x-sluice-error-text", "no luck")
                .containsEntry("x-sluice-first-failure", time(start))
                .containsEntry("x-sluice-last-failure", time(start + 300))
                .containsEntry("x-sluice-attempts", "3")
                .containsEntry("x-sluice-redriven", "0")
                .containsEntry(
                        "x-sluice-attempt-log",
                        "["
                                + attempt(start, tag, "returned")
                                + ","
                                + attempt(start + 100, tag, "503")
                                + ","
                                + attempt(start + 300, tag, "500")
                                + "]")
                .containsEntry("__dlq.errors.topic", "q")
                .containsEntry("__dlq.errors.partition", "0")
                .containsEntry("__dlq.errors.offset", "1")
                .containsEntry("__dlq.errors.group", "q")
                .containsEntry("__dlq.errors.delivery.count", "3")
                .containsEntry("__dlq.errors.message", "no luck");
        assertThat(queues.status(queue).ready()).isZero();
    }

    @Test
    void howMessagesFailedOutlivesCrashesAndRestarts() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "3"));
        queues.publish(queue, "a");
        var first = queues.consume(queue, 1);
        first.settle(failed("one", ""), 0);
        first.cancel();
        first.settle(failed("two", ""), 0);
        bench.pass(10);
        bench.crash();
        bench.restart();
        var second = queues.consume(queue, 1);
        second.settle(failed("three", ""), 0);
        bench.pass(10);
        bench.crash();
        bench.pass(1_000);
        var letter = Letters.next(queues, dead);
        assertThat(letter.get(LetterHeaders.ATTEMPT_LOG))
                .contains(
                        "\"one\"",
                        "\"two\"",
                        "\"three\"",
                        "\"tag " + first.id + "\"",
                        "\"tag " + second.id + "\"");
        assertThat(queues.status(dead).ready()).isZero();
    }

    @Test
    void onlyTheLatestTriesAreTold() {
        var dead = queues.declare("dead", Map.of());
        var queue =
                queue(
                        "q",
                        Map.of("max-attempts", "50"),
                        Map.of("x-sluice-dead-letter-attempts-kept", "2"));
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        for (int i = 1; i <= 50; i++) {
            client.settle(failed("e" + i, ""), 0);
        }
        bench.pass(10);
        var letter = Letters.next(queues, dead);
        assertThat(letter).containsEntry(LetterHeaders.ATTEMPTS, "50");
        assertThat(letter.get(LetterHeaders.ATTEMPT_LOG))
                .contains("\"e49\"", "\"e50\"")
                .doesNotContain("\"e48\"");
    }

    @Test
    void whatIsSettledInTheEndLeavesNothingBehind() {
        var queue = queue(Map.of("max-attempts", "9"));
        queues.publish(queue, "a", "b");
        var client = queues.consume(queue, 0);
        client.settle(failed("x", "y"), 0, 1);
        assertThat(state(queue).failures().size()).isEqualTo(2);
        client.settle(Settlement.ACCEPTED, 0, 1);
        assertThat(state(queue).failures().isEmpty()).isTrue();
    }

    @Test
    void aQueueThatNeitherRetriesNorBuriesRemembersNothing() {
        var queue = queues.declare("q", Map.of());
        queues.publish(queue, "a");
        var client = queues.consume(queue, 1);
        client.settle(failed("x", "y"), 0);
        assertThat(client.bodies()).hasSize(2);
        assertThat(state(queue).failures().isEmpty()).isTrue();
        assertThat(report(queue).failures()).isEqualTo(1);
    }

    @Test
    void theReportCountsAndTellsWhatWaits() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "2", "initial-ms", "5000", "jitter", "\"none\""));
        queues.publish(queue, "a", "b", "c", "d");
        var client = queues.consume(queue, 0);
        client.settle(Settlement.RETURNED, 0, 1);
        client.settle(new Released(true, 30_000, Failure.UNSAID), 2);
        client.settle(Settlement.REJECTED, 3);
        bench.pass(100);
        var report = report(queue);
        assertThat(report.failures()).isEqualTo(4);
        assertThat(report.dead()).containsExactly(Map.entry(Reason.REJECTED, 1L));
        assertThat(report.nextDueMillis()).isEqualTo(bench.clock.millis() + 4_900);
        assertThat(report.waits())
                .filteredOn(waits -> waits.messages() > 0)
                .containsExactly(
                        new QueueReport.Waits(10_000, 2), new QueueReport.Waits(60_000, 1));
        assertThat(report(dead).oldestReadyMillis()).isEqualTo(bench.clock.millis() - 100);
        bench.pass(4_900);
        client.settle(Settlement.RETURNED, 0, 1);
        assertThat(report(queue).dead().values()).containsExactlyInAnyOrder(1L, 2L);
    }

    private static String attempt(long at, String consumer, String code) {
        return "{\"at\":\""
                + time(at)
                + "\",\"consumer\":\""
                + consumer
                + "\",\"code\":\""
                + code
                + "\"}";
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
