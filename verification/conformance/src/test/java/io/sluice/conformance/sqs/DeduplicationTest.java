package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// What was sent within five minutes is not sent again.
@Conformance
class DeduplicationTest {
    @Test
    void whatIsSentAgainIsAcceptedAndNotThereTwice(SqsClients sqs) {
        var url = sqs.fifo("again");
        var first = send(sqs, url, "g", "d", "first");
        var second = send(sqs, url, "g", "d", "second");

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.sequenceNumber()).isEqualTo(first.sequenceNumber());
        assertThat(SqsClients.bodies(sqs.receive(url, 10))).containsExactly("first");
    }

    @Test
    void itIsTheQueuesNotTheGroups(SqsClients sqs) {
        var url = sqs.fifo("queue-wide");
        var _ = send(sqs, url, "g1", "d", "first");
        var _ = send(sqs, url, "g2", "d", "second");

        assertThat(SqsClients.bodies(sqs.receive(url, 10))).containsExactly("first");
    }

    @Test
    void itAppliesAfterTheMessageIsDeleted(SqsClients sqs) {
        var url = sqs.fifo("deleted");
        var _ = send(sqs, url, "g", "d", "first");
        sqs.delete(url, sqs.next(url));

        var _ = send(sqs, url, "g", "d", "second");

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();
    }

    @Test
    void aPurgeForgetsIt(SqsClients sqs) {
        var url = sqs.fifo("purged");
        var _ = send(sqs, url, "g", "d", "first");
        var _ = sqs.client().purgeQueue(b -> b.queueUrl(url));

        var _ = send(sqs, url, "g", "d", "second");

        assertThat(sqs.next(url).body()).isEqualTo("second");
    }

    @Test
    void itCanBeTheGroupsInstead(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url =
                sqs.fifo(
                        "per-group",
                        Map.of(QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup"));
        var _ = send(sqs, url, "g1", "d", "first");
        var _ = send(sqs, url, "g2", "d", "second");
        var _ = send(sqs, url, "g1", "d", "third");

        assertThat(SqsClients.bodies(sqs.receive(url, 10))).containsExactly("first", "second");
    }

    @Test
    void whoseItIsMayChangeWhileTheQueueIsInUse(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.fifo("switched");
        var _ = send(sqs, url, "g1", "d", "first");
        var _ = send(sqs, url, "g2", "d", "lost");

        sqs.set(url, QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup");
        var _ = send(sqs, url, "g2", "d", "second");

        assertThat(SqsClients.bodies(sqs.receive(url, 10))).containsExactly("first", "second");
    }

    @Test
    void theIdMayBeMadeOfTheContent(SqsClients sqs) {
        var url =
                sqs.fifo("content", Map.of(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
        for (var body : new String[] {"a", "b", "a"}) {
            var _ =
                    sqs.client()
                            .sendMessage(
                                    b -> b.queueUrl(url).messageBody(body).messageGroupId("g"));
        }
        var _ = send(sqs, url, "g", "own", "a");

        var received = sqs.receive(url, 10);
        assertThat(SqsClients.bodies(received)).containsExactly("a", "b", "a");
        assertThat(received.getFirst().attributes())
                .containsEntry(
                        MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID,
                        // SHA-256 of "a".
                        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
    }

    @Test
    void aDuplicateWithinABatchIsAcceptedToo(SqsClients sqs) {
        var url = sqs.fifo("batch");
        var _ = send(sqs, url, "g", "d", "first");

        var answer =
                sqs.client()
                        .sendMessageBatch(
                                b ->
                                        b.queueUrl(url)
                                                .entries(
                                                        software.amazon.awssdk.services.sqs.model
                                                                .SendMessageBatchRequestEntry
                                                                .builder()
                                                                .id("a")
                                                                .messageBody("second")
                                                                .messageGroupId("g")
                                                                .messageDeduplicationId("d")
                                                                .build()));

        assertThat(answer.successful()).hasSize(1);
        assertThat(SqsClients.bodies(sqs.receive(url, 10))).containsExactly("first");
    }

    private static SendMessageResponse send(
            SqsClients sqs, String url, String group, String id, String body) {
        return sqs.client()
                .sendMessage(
                        b ->
                                b.queueUrl(url)
                                        .messageBody(body)
                                        .messageGroupId(group)
                                        .messageDeduplicationId(id));
    }
}
