package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Queues, their attributes and tags.
@Conformance
class QueueTest {
    @Test
    void aQueueIsFoundByItsNameAndListed(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("found");
        var name = SqsClients.nameOf(url);

        assertThat(sqs.client().getQueueUrl(b -> b.queueName(name)).queueUrl()).isEqualTo(url);
        assertThat(sqs.client().listQueues(b -> b.queueNamePrefix(name)).queueUrls())
                .containsExactly(url);
        assertThat(sqs.arn(url)).startsWith("arn:aws:sqs:us-east-1:").endsWith(":" + name);
    }

    @Test
    void aMissingQueueIsRefused(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers QueueDoesNotExist");
        var missing = sqs.name("missing");

        var refused = Refused.of(() -> sqs.client().getQueueUrl(b -> b.queueName(missing)));

        assertThat(refused.code()).isEqualTo(Refused.NO_QUEUE);
        assertThat(refused.text()).isEqualTo("The specified queue does not exist.");
    }

    @Test
    void aDeletedQueueIsGone(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("deleted");
        var _ = sqs.send(url, "x");

        var _ = sqs.client().deleteQueue(b -> b.queueUrl(url));

        Until.holds(
                "it is gone",
                () ->
                        Refused.of(() -> sqs.client().receiveMessage(b -> b.queueUrl(url)))
                                .code()
                                .equals(Refused.NO_QUEUE));
        assertThat(sqs.receive(sqs.created(SqsClients.nameOf(url), Map.of()), 10)).isEmpty();
    }

    @Test
    void aQueueMayBeCreatedAgainWithEqualOrFewerAttributes(SqsClients sqs) {
        var attributes =
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT, "77",
                        QueueAttributeName.DELAY_SECONDS, "1");
        var url = sqs.queue("again", attributes);
        var name = SqsClients.nameOf(url);

        assertThat(sqs.created(name, attributes)).isEqualTo(url);
        assertThat(sqs.created(name, Map.of())).isEqualTo(url);
        assertThat(sqs.created(name, Map.of(QueueAttributeName.DELAY_SECONDS, "1"))).isEqualTo(url);
        assertThat(sqs.attribute(url, QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("77");
    }

    @Test
    void aQueueIsNotCreatedAgainWithAnotherAttributeWhichIsNamed(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers QueueNameExists");
        var url = sqs.queue("conflict", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "77"));

        var refused =
                Refused.of(
                        () ->
                                sqs.created(
                                        SqsClients.nameOf(url),
                                        Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "78")));

        assertThat(refused.code()).isEqualTo("QueueAlreadyExists");
        assertThat(refused.text())
                .isEqualTo(
                        "A queue already exists with the same name and a different value for attribute VisibilityTimeout");
    }

    @Test
    void aNewQueueHasTheDefaultsOfTheService(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var attributes = sqs.attributes(sqs.queue("defaults"));

        assertThat(attributes)
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30")
                .containsEntry(QueueAttributeName.DELAY_SECONDS, "0")
                .containsEntry(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0")
                .containsEntry(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1048576")
                .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600")
                .containsEntry(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "0")
                .containsKeys(
                        QueueAttributeName.QUEUE_ARN,
                        QueueAttributeName.CREATED_TIMESTAMP,
                        QueueAttributeName.LAST_MODIFIED_TIMESTAMP)
                .doesNotContainKeys(QueueAttributeName.FIFO_QUEUE, QueueAttributeName.POLICY);
    }

    @Test
    void aKeyOfKmsTurnsTheServicesOwnEncryptionOff(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers null");
        var url = sqs.queue("kms", Map.of(QueueAttributeName.KMS_MASTER_KEY_ID, "alias/mine"));

        assertThat(sqs.attribute(url, QueueAttributeName.SQS_MANAGED_SSE_ENABLED))
                .isEqualTo("false");
    }

    @Test
    void onlyTheAttributesAskedForComeBack(SqsClients sqs) {
        var url = sqs.queue("some");

        assertThat(
                        sqs.client()
                                .getQueueAttributes(
                                        b ->
                                                b.queueUrl(url)
                                                        .attributeNames(
                                                                QueueAttributeName.DELAY_SECONDS,
                                                                QueueAttributeName
                                                                        .VISIBILITY_TIMEOUT))
                                .attributesAsStrings())
                .containsOnly(Map.entry("DelaySeconds", "0"), Map.entry("VisibilityTimeout", "30"));
    }

    @Test
    void anUnknownAttributeIsRefused(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("unknown");

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .getQueueAttributes(
                                                                b ->
                                                                        b.queueUrl(url)
                                                                                .attributeNamesWithStrings(
                                                                                        "NoSuch")))
                                .code())
                .isEqualTo("InvalidAttributeName");
    }

    @ParameterizedTest
    @CsvSource({
        "VisibilityTimeout, -1",
        "VisibilityTimeout, 43201",
        "VisibilityTimeout, soon",
        "DelaySeconds, -1",
        "DelaySeconds, 901",
        "ReceiveMessageWaitTimeSeconds, -1",
        "ReceiveMessageWaitTimeSeconds, 21",
        "MessageRetentionPeriod, 59",
        "MessageRetentionPeriod, 1209601",
        "MaximumMessageSize, 1023",
        "MaximumMessageSize, 1048577",
        "RedrivePolicy, {}",
        "RedrivePolicy, nothing",
    })
    void anAttributeOutOfItsRangeIsRefused(String name, String value, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("range");
        var attributes = Map.of(QueueAttributeName.fromValue(name), value);

        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.client()
                                                        .setQueueAttributes(
                                                                b ->
                                                                        b.queueUrl(url)
                                                                                .attributes(
                                                                                        attributes)))
                                .code())
                .isIn("InvalidAttributeValue", Refused.PARAMETER);
        assertThat(Refused.of(() -> sqs.queue("range", attributes)).code())
                .isIn("InvalidAttributeValue", Refused.PARAMETER);
    }

    @ParameterizedTest
    @CsvSource({
        "VisibilityTimeout, 0", "VisibilityTimeout, 43200",
        "DelaySeconds, 0", "DelaySeconds, 900",
        "ReceiveMessageWaitTimeSeconds, 0", "ReceiveMessageWaitTimeSeconds, 20",
        "MessageRetentionPeriod, 60", "MessageRetentionPeriod, 1209600",
        "MaximumMessageSize, 1024", "MaximumMessageSize, 1048576",
    })
    void anAttributeAtTheEndOfItsRangeIsKept(String name, String value, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers null");
        var attribute = QueueAttributeName.fromValue(name);
        var url = sqs.queue("range");

        sqs.set(url, attribute, value);

        assertThat(sqs.attribute(url, attribute)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard.fifo", "with.dot", "with space", "", "eighty-one"})
    void aNameThatIsNoNameOfAStandardQueueIsRefused(String hint, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var name = hint.equals("eighty-one") ? "n".repeat(81) : hint;

        assertThat(Refused.of(() -> sqs.created(name, Map.of())).code())
                .isIn(
                        hint.isEmpty()
                                ? List.of(Refused.PARAMETER, Refused.MISSING)
                                : List.of(Refused.PARAMETER));
    }

    @Test
    void aNameMayHaveEightyCharacters(SqsClients sqs) {
        var name = (sqs.name("eighty") + "-".repeat(80)).substring(0, 80);

        assertThat(sqs.created(name, Map.of())).endsWith("/" + name);
    }

    @Test
    void aFifoQueueEndsInFifo(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers InvalidAttributeName");
        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.created(
                                                        sqs.name("fifo"),
                                                        Map.of(
                                                                QueueAttributeName.FIFO_QUEUE,
                                                                "true")))
                                .code())
                .isEqualTo(Refused.PARAMETER);
        assertThat(sqs.attribute(sqs.fifo("ordered"), QueueAttributeName.FIFO_QUEUE))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({
        "ContentBasedDeduplication, true",
        "DeduplicationScope, messageGroup",
        "FifoThroughputLimit, perQueue",
        "FifoQueue, false",
    })
    void whatIsForFifoQueuesIsUnknownToStandardOnes(String name, String value, SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.queue(
                                                        "standard",
                                                        Map.of(
                                                                QueueAttributeName.fromValue(name),
                                                                value)))
                                .code())
                .isEqualTo("InvalidAttributeName");
    }

    @Test
    void queuesAreListedPageByPage(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ answers 5 in:");
        var prefix = sqs.name("page").substring(0, 20);
        var urls = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            urls.add(sqs.created(prefix + "-" + i, Map.of()));
        }

        var first = sqs.client().listQueues(b -> b.queueNamePrefix(prefix).maxResults(2));
        assertThat(first.queueUrls()).hasSize(2);
        assertThat(first.nextToken()).isNotEmpty();
        var all =
                sqs
                        .client()
                        .listQueuesPaginator(b -> b.queueNamePrefix(prefix).maxResults(2))
                        .queueUrls()
                        .stream()
                        .toList();

        assertThat(all).containsExactlyInAnyOrderElementsOf(urls);
        assertThat(sqs.client().listQueues(b -> b.queueNamePrefix(prefix)).nextToken()).isNull();
    }

    @Test
    void tagsComeAndGo(SqsClients sqs) {
        var name = sqs.name("tags");
        var url =
                sqs.removed(
                        sqs.client()
                                .createQueue(b -> b.queueName(name).tags(Map.of("team", "orders")))
                                .queueUrl());

        var _ = sqs.client().tagQueue(b -> b.queueUrl(url).tags(Map.of("stage", "test", "x", "")));
        assertThat(sqs.client().listQueueTags(b -> b.queueUrl(url)).tags())
                .containsOnly(
                        Map.entry("team", "orders"),
                        Map.entry("stage", "test"),
                        Map.entry("x", ""));
        var _ = sqs.client().untagQueue(b -> b.queueUrl(url).tagKeys("team", "x", "none"));

        assertThat(sqs.client().listQueueTags(b -> b.queueUrl(url)).tags())
                .containsOnly(Map.entry("stage", "test"));
    }

    @Test
    void aThroughputPerGroupNeedsDeduplicationPerGroup(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ knows neither");
        var perGroup = Map.of(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
        assertThat(Refused.of(() -> sqs.fifo("fast", perGroup)).code())
                .isEqualTo(Refused.PARAMETER);
        var url = sqs.fifo("fast");
        var refused =
                Refused.of(
                        () ->
                                sqs.set(
                                        url,
                                        QueueAttributeName.FIFO_THROUGHPUT_LIMIT,
                                        "perMessageGroupId"));
        assertThat(refused.code()).isEqualTo(Refused.PARAMETER);
        assertThat(refused.text()).contains("FifoThroughputLimit", "DeduplicationScope");

        sqs.set(url, QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup");
        sqs.set(url, QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");

        assertThat(sqs.attributes(url)).containsAllEntriesOf(perGroup);
        assertThat(
                        Refused.of(
                                        () ->
                                                sqs.set(
                                                        url,
                                                        QueueAttributeName.DEDUPLICATION_SCOPE,
                                                        "queue"))
                                .code())
                .isEqualTo(Refused.PARAMETER);
    }

    @Test
    void aPurgedQueueIsEmptyAndMayBePurgedAgainAtOnce(SqsClients sqs) {
        var url = sqs.queue("purge");
        sqs.sendEach(url, "a", "b");
        var _ = sqs.next(url);
        var _ = sqs.client().sendMessage(b -> b.queueUrl(url).messageBody("c").delaySeconds(900));

        var _ = sqs.client().purgeQueue(b -> b.queueUrl(url));
        var _ = sqs.client().purgeQueue(b -> b.queueUrl(url));

        assertThat(sqs.receive(url, 10)).isEmpty();
        assertThat(sqs.attributes(url))
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "0");
    }

    @Test
    void messagesAreCountedByWhatTheyWaitFor(SqsClients sqs) {
        var url = sqs.queue("counts");
        sqs.sendEach(url, "a", "b", "c");
        var _ = sqs.client().sendMessage(b -> b.queueUrl(url).messageBody("d").delaySeconds(900));
        var _ = sqs.next(url);

        Until.holds(
                "two, one and one",
                () -> {
                    var now = sqs.attributes(url);
                    return "2".equals(now.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                            && "1"
                                    .equals(
                                            now.get(
                                                    QueueAttributeName
                                                            .APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                            && "1"
                                    .equals(
                                            now.get(
                                                    QueueAttributeName
                                                            .APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
                });
    }
}
