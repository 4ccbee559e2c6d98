package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What was received too often.
@Conformance
class DeadLetterTest {
    @Test
    void whatWouldBeReceivedOnceTooOftenIsADeadLetter(SqsClients sqs) {
        var letters = sqs.queue("letters");
        var url = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 2));
        var id = sqs.send(url, "poison");
        for (var attempt = 1; attempt <= 2; attempt++) {
            var held = sqs.next(url);
            assertThat(held.messageId()).isEqualTo(id);
            sqs.hide(url, held, 0);
        }

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();

        var letter = sqs.next(letters);
        assertThat(letter.messageId()).as("a dead letter keeps its id").isEqualTo(id);
        assertThat(letter.body()).isEqualTo("poison");
        assertThat(letter.attributes())
                .containsEntry(
                        MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, sqs.arn(url));
    }

    @Test
    void aDeadLetterKeepsItsGroup(SqsClients sqs) {
        var letters = sqs.fifo("letters");
        var url = sqs.fifo("source", DeadLetters.to(sqs.arn(letters), 1));
        var _ = sqs.sendTo(url, "g", "poison");
        var _ = sqs.sendTo(url, "g", "next");
        sqs.hide(url, sqs.next(url), 0);

        assertThat(sqs.next(url).body()).isEqualTo("next");
        var letter = sqs.next(letters);
        assertThat(letter.body()).isEqualTo("poison");
        assertThat(letter.attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g");
    }

    @Test
    void theCountMayBeText(SqsClients sqs) {
        var letters = sqs.queue("letters");
        var policy =
                "{\"deadLetterTargetArn\":\"" + sqs.arn(letters) + "\",\"maxReceiveCount\":\"1\"}";
        var url = sqs.queue("source", Map.of(QueueAttributeName.REDRIVE_POLICY, policy));
        var _ = sqs.send(url, "poison");
        sqs.hide(url, sqs.next(url), 0);

        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(1))).isEmpty();
        assertThat(sqs.next(letters).body()).isEqualTo("poison");
    }

    @Test
    void nothingForAPolicyTakesItAway(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var letters = sqs.queue("letters");
        var url = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1));
        assertThat(sqs.attribute(url, QueueAttributeName.REDRIVE_POLICY))
                .contains(sqs.arn(letters));

        sqs.set(url, QueueAttributeName.REDRIVE_POLICY, "");

        assertThat(sqs.attributes(url)).doesNotContainKey(QueueAttributeName.REDRIVE_POLICY);
        var _ = sqs.send(url, "x");
        sqs.hide(url, sqs.next(url), 0);
        assertThat(sqs.next(url).body()).isEqualTo("x");
    }

    @Test
    void aMissingQueueTakesNoDeadLetters(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var arn = sqs.arn(sqs.queue("letters")) + "-missing";

        assertThat(Refused.of(() -> sqs.queue("source", DeadLetters.to(arn, 1))).code())
                .isIn(Refused.PARAMETER, Refused.NO_QUEUE);
    }

    @Test
    void aQueueOfTheOtherKindTakesNoDeadLetters(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var standard = DeadLetters.to(sqs.arn(sqs.queue("letters")), 1);
        var fifo = DeadLetters.to(sqs.arn(sqs.fifo("letters")), 1);

        assertThat(Refused.of(() -> sqs.fifo("source", standard)).code())
                .isEqualTo(Refused.PARAMETER);
        assertThat(Refused.of(() -> sqs.queue("source", fifo)).code()).isEqualTo(Refused.PARAMETER);
    }

    @Test
    void aQueueOfLettersMaySayWhoseItTakes(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var letters = sqs.queue("letters");
        sqs.set(
                letters,
                QueueAttributeName.REDRIVE_ALLOW_POLICY,
                "{\"redrivePermission\":\"denyAll\"}");

        assertThat(
                        Refused.of(() -> sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1)))
                                .code())
                .isEqualTo(Refused.PARAMETER);
        sqs.set(
                letters,
                QueueAttributeName.REDRIVE_ALLOW_POLICY,
                "{\"redrivePermission\":\"allowAll\"}");
        assertThat(sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1))).isNotEmpty();
    }

    @Test
    void theSourcesOfAQueueOfLettersAreListedPageByPage(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers 3 in:");
        var letters = sqs.queue("letters");
        var policy = DeadLetters.to(sqs.arn(letters), 1);
        var sources =
                List.of(sqs.queue("a", policy), sqs.queue("b", policy), sqs.queue("c", policy));

        var first = sqs.client().listDeadLetterSourceQueues(b -> b.queueUrl(letters).maxResults(2));
        assertThat(first.queueUrls()).hasSize(2);
        var rest =
                sqs.client()
                        .listDeadLetterSourceQueues(
                                b ->
                                        b.queueUrl(letters)
                                                .maxResults(2)
                                                .nextToken(first.nextToken()));

        assertThat(rest.queueUrls()).hasSize(1);
        assertThat(rest.nextToken()).isNull();
        assertThat(
                        java.util.stream.Stream.of(first.queueUrls(), rest.queueUrls())
                                .flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(sources);
    }
}
