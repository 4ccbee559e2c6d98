package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/// Order within a group, and that one consumer at a time has it.
@Conformance
class FifoTest {
    @Test
    void aMessageSaysItsGroupItsDeduplicationAndItsNumber(SqsClients sqs) {
        var url = sqs.fifo("said");
        var number = sqs.sendTo(url, "g", "a");

        assertThat(sqs.next(url).attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g")
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "a")
                .containsEntry(MessageSystemAttributeName.SEQUENCE_NUMBER, number);
    }

    @Test
    void sequenceNumbersHaveTwentyDigitsAndGrow(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.fifo("numbers");
        var numbers = new ArrayList<String>();
        numbers.add(sqs.sendTo(url, "g1", "a"));
        numbers.add(sqs.sendTo(url, "g2", "b"));
        var batch = batch(sqs, url, entry("1", "g1", "c"), entry("2", "g2", "d"));
        batch.successful().stream()
                .map(SendMessageBatchResultEntry::sequenceNumber)
                .forEach(numbers::add);
        numbers.add(sqs.sendTo(url, "g1", "e"));

        assertThat(numbers).hasSize(5).isSorted().doesNotHaveDuplicates();
        assertThat(numbers).allMatch(number -> number.matches("[0-9]{20}"));
    }

    @Test
    void oneGroupIsDrainedBeforeTheNext(SqsClients sqs) {
        var url = sqs.fifo("drain");
        var _ = sqs.sendTo(url, "g1", "g1-m1");
        var _ = sqs.sendTo(url, "g2", "g2-m1");
        var _ = sqs.sendTo(url, "g1", "g1-m2");
        var _ = sqs.sendTo(url, "g2", "g2-m2");
        var _ = sqs.sendTo(url, "g1", "g1-m3");

        assertThat(SqsClients.bodies(sqs.receive(url, 4)))
                .containsExactly("g1-m1", "g1-m2", "g1-m3", "g2-m1");
    }

    @Test
    void aGroupInFlightIsLocked(SqsClients sqs) {
        var url = sqs.fifo("lock");
        var _ = sqs.sendTo(url, "g1", "a");
        var _ = sqs.sendTo(url, "g1", "b");
        var _ = sqs.sendTo(url, "g2", "c");

        assertThat(sqs.next(url).body()).isEqualTo("a");
        assertThat(SqsClients.bodies(sqs.receive(url, 10))).containsExactly("c");
        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();
    }

    @Test
    void aLaterSendDoesNotUnlockTheGroup(SqsClients sqs) {
        var url = sqs.fifo("lock");
        var _ = sqs.sendTo(url, "g", "a");
        var _ = sqs.next(url);

        var _ = sqs.sendTo(url, "g", "b");

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();
    }

    @Test
    void aDeletedMessageUnlocksItsGroup(SqsClients sqs) {
        var url = sqs.fifo("unlock");
        var _ = sqs.sendTo(url, "g", "a");
        var _ = sqs.sendTo(url, "g", "b");

        sqs.delete(url, sqs.next(url));

        assertThat(sqs.next(url).body()).isEqualTo("b");
    }

    @Test
    void aGroupStaysLockedUntilTheLastOfItsMessagesIsDeleted(SqsClients sqs) {
        var url = sqs.fifo("unlock");
        for (var body : List.of("a", "b", "c")) {
            var _ = sqs.sendTo(url, "g", body);
        }
        var held = sqs.receive(url, 2);
        assertThat(held).hasSize(2);

        sqs.delete(url, held.get(0));
        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();
        sqs.delete(url, held.get(1));

        assertThat(sqs.next(url).body()).isEqualTo("c");
    }

    @Test
    void aMessageThatIsGivenBackComesAgainBeforeTheLaterOnes(SqsClients sqs) {
        var url = sqs.fifo("given-back");
        var _ = sqs.sendTo(url, "g", "a");
        var _ = sqs.sendTo(url, "g", "b");

        sqs.hide(url, sqs.next(url), 0);

        assertThat(
                        SqsClients.bodies(
                                sqs.receive(
                                        url, b -> b.maxNumberOfMessages(10).waitTimeSeconds(5))))
                .containsExactly("a", "b");
    }

    @Test
    void anExpiredMessageComesAgainBeforeTheLaterOnes(SqsClients sqs) {
        var url = sqs.fifo("expired", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1"));
        var _ = sqs.sendTo(url, "g", "a");
        var _ = sqs.sendTo(url, "g", "b");
        assertThat(sqs.next(url).body()).isEqualTo("a");

        assertThat(
                        SqsClients.bodies(
                                sqs.receive(
                                        url, b -> b.maxNumberOfMessages(10).waitTimeSeconds(10))))
                .containsExactly("a", "b");
    }

    @Test
    void anEmptiedGroupComesBackWithTheNextSend(SqsClients sqs) {
        var url = sqs.fifo("emptied");
        var _ = sqs.sendTo(url, "g", "a");
        sqs.delete(url, sqs.next(url));
        assertThat(sqs.receive(url, 1)).isEmpty();

        var _ = sqs.sendTo(url, "g", "b");

        assertThat(sqs.next(url).body()).isEqualTo("b");
    }

    @Test
    void anExpiredHandleDeletesNothing(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers ReceiptHandleIsInvalid");
        var url = sqs.fifo("expired", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1"));
        var _ = sqs.sendTo(url, "g", "a");
        var first = sqs.next(url);
        var again = sqs.next(url);

        var refused = Refused.of(() -> sqs.delete(url, first));

        assertThat(refused.code()).isEqualTo(Refused.PARAMETER);
        assertThat(refused.text())
                .isEqualTo(
                        "Value "
                                + first.receiptHandle()
                                + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
        assertThat(again.body()).isEqualTo("a");
    }

    @Test
    void aGroupIsNeeded(SqsClients sqs) {
        var url = sqs.fifo("needs");
        var refused =
                Refused.of(
                        () ->
                                sqs.client()
                                        .sendMessage(
                                                b ->
                                                        b.queueUrl(url)
                                                                .messageBody("x")
                                                                .messageDeduplicationId("d")));

        assertThat(refused.code()).isEqualTo(Refused.MISSING);
        assertThat(refused.text())
                .isEqualTo("The request must contain the parameter MessageGroupId.");
    }

    @Test
    void aDeduplicationIdIsNeededUnlessItIsMadeOfTheContent(SqsClients sqs) {
        var url = sqs.fifo("needs");

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .sendMessage(
                                                                b ->
                                                                        b.queueUrl(url)
                                                                                .messageBody("x")
                                                                                .messageGroupId(
                                                                                        "g")))
                                .code())
                .isEqualTo(Refused.PARAMETER);
    }

    @Test
    void whatIsMissingFromOneEntryFailsTheWholeBatch(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.fifo("batch");
        var good = entry("good", "g", "a");

        assertThat(
                        Refused.of(
                                        () ->
                                                batch(
                                                        sqs,
                                                        url,
                                                        good,
                                                        SendMessageBatchRequestEntry.builder()
                                                                .id("bad")
                                                                .messageBody("b")
                                                                .messageDeduplicationId("b")
                                                                .build()))
                                .code())
                .isEqualTo(Refused.PARAMETER);
        assertThat(
                        Refused.of(
                                        () ->
                                                batch(
                                                        sqs,
                                                        url,
                                                        good,
                                                        SendMessageBatchRequestEntry.builder()
                                                                .id("bad")
                                                                .messageBody("b")
                                                                .messageGroupId("g")
                                                                .build()))
                                .code())
                .isEqualTo(Refused.PARAMETER);
        assertThat(sqs.receive(url, 10)).isEmpty();
    }

    @Test
    void aDelayIsTheQueuesNotTheMessages(SqsClients sqs) {
        var url = sqs.fifo("delay", Map.of(QueueAttributeName.DELAY_SECONDS, "2"));

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .sendMessage(
                                                                b ->
                                                                        b.queueUrl(url)
                                                                                .messageBody("x")
                                                                                .messageGroupId("g")
                                                                                .messageDeduplicationId(
                                                                                        "x")
                                                                                .delaySeconds(1)))
                                .code())
                .isEqualTo(Refused.PARAMETER);
        var _ =
                sqs.client()
                        .sendMessage(
                                b ->
                                        b.queueUrl(url)
                                                .messageBody("y")
                                                .messageGroupId("g")
                                                .messageDeduplicationId("y")
                                                .delaySeconds(0));
        assertThat(sqs.receive(url, 10)).as("0 stands for the queue's delay").isEmpty();
        assertThat(sqs.next(url).body()).isEqualTo("y");
    }

    @Test
    void theSameAttemptIsGivenTheSameMessages(SqsClients sqs) {
        var url = sqs.fifo("attempt");
        var _ = sqs.sendTo(url, "g", "a");
        var _ = sqs.sendTo(url, "g", "b");

        var first =
                sqs.receive(url, b -> b.maxNumberOfMessages(10).receiveRequestAttemptId("try-1"));
        var again =
                sqs.receive(url, b -> b.maxNumberOfMessages(10).receiveRequestAttemptId("try-1"));

        assertThat(SqsClients.bodies(first)).containsExactly("a", "b");
        assertThat(SqsClients.bodies(again)).containsExactly("a", "b");
        assertThat(sqs.receive(url, 10)).isEmpty();
    }

    @Test
    void anAttemptBringsNothingThatWasPurged(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.fifo("attempt");
        var _ = sqs.sendTo(url, "g", "a");
        assertThat(sqs.receive(url, b -> b.receiveRequestAttemptId("one"))).hasSize(1);

        var _ = sqs.client().purgeQueue(b -> b.queueUrl(url));

        assertThat(sqs.receive(url, b -> b.receiveRequestAttemptId("one"))).isEmpty();
    }

    @Test
    void tenGroupsKeepTheirOrderWithFourConsumers(SqsClients sqs) throws Exception {
        var url = sqs.fifo("many", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60"));
        for (var number = 0; number < 20; number++) {
            for (var half = 0; half < 2; half++) {
                var entries = new ArrayList<SendMessageBatchRequestEntry>();
                for (var group = half * 5; group < half * 5 + 5; group++) {
                    entries.add(entry("e" + group, "g" + group, group + ":" + number));
                }
                assertThat(
                                batch(
                                                sqs,
                                                url,
                                                entries.toArray(
                                                        SendMessageBatchRequestEntry[]::new))
                                        .failed())
                        .extracting(BatchResultErrorEntry::code)
                        .isEmpty();
            }
        }
        var seen = new java.util.concurrent.ConcurrentHashMap<String, List<String>>();
        var count = new java.util.concurrent.atomic.AtomicInteger();
        try (var consumers = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 4; i++) {
                consumers.submit(
                        () -> {
                            var deadline = System.nanoTime() + 60_000_000_000L;
                            while (count.get() < 200 && System.nanoTime() < deadline) {
                                for (var message :
                                        sqs.receive(
                                                url,
                                                b -> b.maxNumberOfMessages(3).waitTimeSeconds(1))) {
                                    seen.computeIfAbsent(
                                                    message.body().split(":", 2)[0],
                                                    _ ->
                                                            java.util.Collections.synchronizedList(
                                                                    new ArrayList<>()))
                                            .add(message.body());
                                    sqs.delete(url, message);
                                    count.incrementAndGet();
                                }
                            }
                            return null;
                        });
            }
        }

        assertThat(seen).hasSize(10);
        seen.forEach(
                (group, bodies) ->
                        assertThat(bodies)
                                .containsExactlyElementsOf(
                                        java.util.stream.IntStream.range(0, 20)
                                                .mapToObj(number -> group + ":" + number)
                                                .toList()));
    }

    private static SendMessageBatchRequestEntry entry(String id, String group, String body) {
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageBody(body)
                .messageGroupId(group)
                .messageDeduplicationId(body)
                .build();
    }

    private static software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse batch(
            SqsClients sqs, String url, SendMessageBatchRequestEntry... entries) {
        return sqs.client().sendMessageBatch(b -> b.queueUrl(url).entries(entries));
    }
}
