package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// What a receipt handle of a standard queue is good for.
@Conformance
class VisibilityTest {
    private static final Map<QueueAttributeName, String> BRIEF =
            Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1");

    @Test
    void whatWasReceivedIsHiddenUntilItIsGivenBack(SqsClients sqs) {
        var url = sqs.queue("hidden");
        var _ = sqs.send(url, "x");
        var held = sqs.next(url);
        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();

        sqs.hide(url, held, 0);

        assertThat(sqs.next(url).messageId()).isEqualTo(held.messageId());
    }

    @Test
    void whatIsDeletedDoesNotComeAgain(SqsClients sqs) {
        var url = sqs.queue("deleted", BRIEF);
        sqs.sendEach(url, "x");

        sqs.delete(url, sqs.next(url));

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(3))).isEmpty();
    }

    @Test
    void everyReceiveHasAHandleOfItsOwn(SqsClients sqs) {
        var url = sqs.queue("handles", BRIEF);
        var _ = sqs.send(url, "x");
        var first = sqs.next(url);
        var second = sqs.next(url);

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
    }

    @Test
    void anExpiredHandleStillDeletes(SqsClients sqs) {
        var url = sqs.queue("expired", BRIEF);
        var _ = sqs.send(url, "x");
        var first = sqs.next(url);
        var second = sqs.next(url);
        sqs.hide(url, second, 0);

        sqs.delete(url, second);

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(2))).isEmpty();
        assertThat(first.messageId()).isEqualTo(second.messageId());
    }

    @Test
    void anOlderHandleOfTheSameMessageStillDeletes(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("older", BRIEF);
        var _ = sqs.send(url, "x");
        var first = sqs.next(url);
        var _ = sqs.next(url);

        sqs.delete(url, first);

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(3))).isEmpty();
    }

    @Test
    void whatIsDeletedMayBeDeletedAgain(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("twice");
        var _ = sqs.send(url, "x");
        var held = sqs.next(url);

        sqs.delete(url, held);
        sqs.delete(url, held);

        var batch = Batches.delete(sqs, url, Map.of("again", held.receiptHandle()));
        assertThat(batch.successful()).hasSize(1);
    }

    @Test
    void anExpiredHandleStillHides(SqsClients sqs) {
        var url = sqs.queue("expired");
        var _ = sqs.send(url, "x");
        var held = sqs.next(url);
        sqs.hide(url, held, 0);

        sqs.hide(url, held, 60);

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();
    }

    @Test
    void timeMayBeAddedWhileItIsHeld(SqsClients sqs) {
        var url = sqs.queue("longer", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "2"));
        var _ = sqs.send(url, "x");
        var held = sqs.next(url);

        sqs.hide(url, held, 60);

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(4))).isEmpty();
    }

    @Test
    void whatIsDeletedCannotBeHidden(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers ReceiptHandleIsInvalid");
        var url = sqs.queue("gone");
        var _ = sqs.send(url, "x");
        var held = sqs.next(url);
        sqs.delete(url, held);

        var refused = Refused.of(() -> sqs.hide(url, held, 10));

        assertThat(refused.code()).isEqualTo(Refused.PARAMETER);
        assertThat(refused.text())
                .isEqualTo(
                        "Value "
                                + held.receiptHandle()
                                + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not"
                                + " available for visibility timeout change.");
    }

    @Test
    void garbageIsNoHandle(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers The receipt handle");
        var url = sqs.queue("garbage");
        var garbage = Message.builder().receiptHandle("garbage").build();

        for (var refused :
                new Refused[] {
                    Refused.of(() -> sqs.delete(url, garbage)),
                    Refused.of(() -> sqs.hide(url, garbage, 1))
                }) {
            assertThat(refused.code()).isEqualTo("ReceiptHandleIsInvalid");
            assertThat(refused.text())
                    .isEqualTo(
                            "The input receipt handle \"garbage\" is not a valid receipt handle.");
        }
        var batch = Batches.delete(sqs, url, Map.of("a", "garbage"));
        assertThat(batch.failed())
                .extracting(BatchResultErrorEntry::code)
                .containsExactly("ReceiptHandleIsInvalid");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 43_201})
    void nothingIsHiddenForMoreThanTwelveHours(int seconds, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("range");
        var _ = sqs.send(url, "x");
        var held = sqs.next(url);

        assertThat(Refused.of(() -> sqs.hide(url, held, seconds)).code())
                .isEqualTo(Refused.PARAMETER);
    }

    @Test
    void theTwelveHoursBeginWhenItIsReceived(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("twelve-hours");
        var _ = sqs.send(url, "x");
        var held = sqs.next(url);
        sqs.hide(url, held, 43_000);

        Until.holds("a second has passed", () -> !mayHide(sqs, url, held, 43_200));

        var refused = Refused.of(() -> sqs.hide(url, held, 43_200));
        assertThat(refused.code()).isEqualTo(Refused.PARAMETER);
        assertThat(refused.text())
                .isEqualTo(
                        "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the"
                                + " message is beyond the limit [43200 seconds]");
        sqs.hide(url, held, 0);
    }

    private static boolean mayHide(SqsClients sqs, String url, Message held, int seconds) {
        try {
            sqs.hide(url, held, seconds);
            return true;
        } catch (SqsException refused) {
            return false;
        }
    }

    @Test
    void aBatchOfDeletionsSaysWhichFailed(SqsClients sqs) {
        var url = sqs.queue("batch", BRIEF);
        sqs.sendEach(url, "a", "b");
        var held = sqs.receiveAll(url, 2);

        var answer =
                Batches.delete(
                        sqs,
                        url,
                        Map.of(
                                "one",
                                held.get(0).receiptHandle(),
                                "none",
                                "garbage",
                                "two",
                                held.get(1).receiptHandle()));

        assertThat(answer.successful())
                .extracting(DeleteMessageBatchResultEntry::id)
                .containsExactlyInAnyOrder("one", "two");
        assertThat(answer.failed()).extracting(BatchResultErrorEntry::id).containsExactly("none");
        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(2))).isEmpty();
    }

    @Test
    void aBatchOfMessagesMayBeGivenBack(SqsClients sqs) {
        var url = sqs.queue("batch");
        sqs.sendEach(url, "a", "b");
        var held = sqs.receiveAll(url, 2);

        var answer =
                Batches.hide(
                        sqs,
                        url,
                        0,
                        Map.of(
                                "one",
                                held.get(0).receiptHandle(),
                                "two",
                                held.get(1).receiptHandle()));

        assertThat(answer.successful()).hasSize(2);
        assertThat(sqs.receiveAll(url, 2)).hasSize(2);
    }
}
