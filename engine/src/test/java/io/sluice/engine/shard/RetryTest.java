package io.sluice.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.Receipts;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.queue.Settlement.Released;
import io.sluice.engine.queue.QueueState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of messages that fail.
@SuppressWarnings("NullAway") // queues that the test has declared are there
final class RetryTest {
    private final Bench bench = new Bench();
    private final QueueBench queues = new QueueBench(bench);

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
        }
        assertThat(queues.status(queue).ready()).isEqualTo(bodies.length);
        for (int count : perSecond) {
            assertThat(count).isBetween(6, 44);
        }
    }

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
        var seen = new ArrayList<String>();
        client.settle(Settlement.RETURNED, 0);
        client.settle(Settlement.ACCEPTED, 2);
        client.settle(Settlement.ACCEPTED, 4);
        seen.addAll(client.bodies());
        assertThat(seen).containsExactly("a1", "b1", "b2");
        bench.pass(1_000);
        client.settle(Settlement.ACCEPTED, 0);
        client.settle(Settlement.ACCEPTED, 1);
        assertThat(client.bodies()).containsExactly("a1", "b1", "b2", "a1", "a2", "a3");
    }

    @Test
    void whoIsGoneHasFailedWhereThatCounts() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "2", "initial-ms", "1000", "jitter", "\"none\""));
        queues.publish(queue, "a");
        gone(queues.consume(queue, 1));
        assertThat(queues.status(queue).delayed()).isEqualTo(1);
        bench.pass(1_000);
        var second = queues.consume(queue, 1);
        assertThat(second.bodies()).containsExactly("a");
        gone(second);
        bench.pass(10);
        assertThat(Letters.next(queues, dead))
                .containsEntry(LetterHeaders.ERROR_CODE, "connection_lost")
                .containsEntry(LetterHeaders.ATTEMPTS, "2");
    }

    @Test
    void whoIsGoneHasNotFailedWhereThatDoesNotCount() {
        var queue =
                queue(
                        Map.of(
                                "max-attempts", "1",
                                "initial-ms", "1000",
                                "connection-lost", "\"uncounted\""));
        queues.publish(queue, "a");
        gone(queues.consume(queue, 1));
        var second = queues.consume(queue, 1);
        assertThat(second.bodies()).containsExactly("a");
        var delivery = second.deliveries.getFirst();
        assertThat(delivery.returned()).isZero();
        assertThat(delivery.redelivered()).isTrue();
        assertThat(report(queue).failures()).isZero();
        bench.pass(10);
        bench.crash();
        var third = queues.consume(queue, 1);
        assertThat(third.deliveries.getFirst().returned()).isZero();
        assertThat(third.deliveries.getFirst().redelivered()).isTrue();
    }

    @Test
    void aRestartIsALostConnectionToo() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "2", "initial-ms", "1000", "jitter", "\"none\""));
        queues.publish(queue, "a");
        queues.consume(queue, 1);
        bench.pass(10);
        bench.crash();
        assertThat(queues.status(queue).delayed()).isEqualTo(1);
        bench.pass(1_000);
        assertThat(queues.consume(queue, 1).bodies()).containsExactly("a");
        bench.pass(10);
        bench.crash();
        bench.pass(1_000);
        assertThat(Letters.next(queues, dead))
                .containsEntry(LetterHeaders.ERROR_CODE, "connection_lost")
                .containsEntry(LetterHeaders.ATTEMPTS, "2");
    }

    /// Its record was deleted while somebody had it: there is nothing to bury.
    @Test
    void whatWasDeletedMeanwhileIsNoDeadLetter() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "1"));
        queues.publish(queue, "a", "b");
        queues.consume(queue, 1);
        bench.broker.deleteRecords(queue.partition(), 1, new Answered<>());
        bench.quiet();
        bench.pass(10);
        bench.crash();
        bench.pass(1_000);
        assertThat(queues.status(dead).ready()).isZero();
        assertThat(queues.drain(queue)).containsExactly("b");
    }

    @Test
    void aTimeoutSaysSo() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue("q", Map.of("max-attempts", "1"), Map.of("x-consumer-timeout", "1000"));
        queues.publish(queue, "a");
        queues.consume(queue, 1);
        bench.pass(1_000);
        bench.pass(10);
        assertThat(Letters.next(queues, dead)).containsEntry(LetterHeaders.ERROR_CODE, "timeout");
    }

    @Test
    void whatIsReceivedByReceiptIsTriedAgainByThePolicyToo() {
        var dead = queues.declare("dead", Map.of());
        var queue = queue(Map.of("max-attempts", "3", "initial-ms", "1000", "jitter", "\"none\""));
        queues.publish(queue, "a");
        assertThat(queues.receive(queue, 1, 5_000, 0).bodies()).containsExactly("a");
        bench.pass(5_000);
        assertThat(queues.receive(queue, 1, 5_000, 0).bodies()).isEmpty();
        bench.pass(1_000);
        assertThat(queues.receive(queue, 1, 5_000, 0).returned()).containsExactly(1);
        assertThat(queues.settle(queue, new Receipts.Hide(0), 0, 1))
                .isEqualTo(Receipts.Outcome.DONE);
        assertThat(queues.receive(queue, 1, 5_000, 0).bodies()).isEmpty();
        bench.pass(2_000);
        assertThat(queues.receive(queue, 1, 5_000, 0).returned()).containsExactly(2);
        assertThat(queues.settle(queue, new Receipts.Hide(60_000), 0, 2))
                .isEqualTo(Receipts.Outcome.DONE);
        bench.pass(59_000);
        assertThat(queues.status(dead).ready()).isZero();
        bench.pass(1_000);
        bench.pass(10);
        assertThat(Letters.next(queues, dead))
                .containsEntry(LetterHeaders.ATTEMPTS, "3")
                .containsEntry(LetterHeaders.ERROR_CODE, "timeout");
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
                .contains("one", "two", "three", "tag " + first.id, "tag " + second.id);
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

    private static void gone(Client client) {
        client.cancel();
        client.release();
    }

    private QueueReport report(QueuePart queue) {
        var reply = new Answered<QueueReport>();
        bench.broker.queues().report(queue, reply);
        bench.quiet();
        return reply.value();
    }

    private static Settlement.Outcome failed(String code, String text) {
        return new Released(true, Settlement.AS_POLICY, new Failure(code, text));
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

    private QueueState state(QueuePart queue) {
        return bench.hostedBy(queue.partition()).queues().find(queue.stateId()).state();
    }

    private QueuePart queue(Map<String, String> retry) {
        return queue("q", retry, Map.of());
    }

    /// Its dead letters go to the queue `dead`.
    private QueuePart queue(String name, Map<String, String> retry, Map<String, String> others) {
        var arguments = new HashMap<>(policy(retry));
        arguments.put("x-dead-letter-exchange", "\"\"");
        arguments.put("x-dead-letter-routing-key", "\"dead\"");
        arguments.putAll(others);
        return queues.declare(name, arguments);
    }

    private static Map<String, String> policy(Map<String, String> retry) {
        var arguments = new HashMap<String, String>();
        retry.forEach((name, value) -> arguments.put("x-sluice-retry-" + name, value));
        return arguments;
    }
}
