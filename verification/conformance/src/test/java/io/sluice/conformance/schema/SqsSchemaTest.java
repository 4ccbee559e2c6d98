package io.sluice.conformance.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.SqsClients;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/// Amazon's SDK sending to queues whose topics demand a schema.
@Conformance
class SqsSchemaTest {
    @Test
    void anInvalidMessageIsRefusedForItsContents(
            Clients kafka, SqsClients sqs, ManagementAddress address) {
        var url = strict(kafka, sqs.queue("strict"), address);

        sqs.client().sendMessage(b -> b.queueUrl(url).messageBody("1"));

        assertThatThrownBy(() -> sqs.client().sendMessage(b -> b.queueUrl(url).messageBody("x")))
                .isInstanceOf(InvalidMessageContentsException.class)
                .hasMessageContaining("not JSON");
    }

    @Test
    void ofABatchOnlyTheInvalidEntriesFail(
            Clients kafka, SqsClients sqs, ManagementAddress address) {
        var url = strict(kafka, sqs.queue("batch"), address);

        var answer =
                sqs.client()
                        .sendMessageBatch(
                                b -> b.queueUrl(url).entries(entries("1", "x", "2", "y")));

        assertThat(answer.successful())
                .extracting(SendMessageBatchResultEntry::id)
                .containsExactly("e0", "e2");
        assertThat(answer.failed())
                .allSatisfy(
                        failed -> {
                            assertThat(failed.code()).contains("InvalidMessageContents");
                            assertThat(failed.senderFault()).isTrue();
                            assertThat(failed.message()).contains("not JSON");
                        })
                .extracting(failed -> failed.id())
                .containsExactlyInAnyOrder("e1", "e3");
        assertThat(bodies(sqs, url)).containsExactlyInAnyOrder("1", "2");
        var none = sqs.client().sendMessageBatch(b -> b.queueUrl(url).entries(entries("x", "y")));
        assertThat(none.successful()).isEmpty();
        assertThat(none.failed())
                .hasSize(2)
                .allSatisfy(
                        failed ->
                                assertThat(failed.message())
                                        .contains("not JSON")
                                        .doesNotContain("of 2 messages"));
    }

    @Test
    void onAFifoQueueTheOthersKeepTheirOrder(
            Clients kafka, SqsClients sqs, ManagementAddress address) {
        var url = strict(kafka, sqs.fifo("fifo"), address);
        var entries =
                entries("1", "x", "2").stream()
                        .map(
                                entry ->
                                        entry.toBuilder()
                                                .messageGroupId("g")
                                                .messageDeduplicationId(entry.id())
                                                .build())
                        .toList();

        var answer = sqs.client().sendMessageBatch(b -> b.queueUrl(url).entries(entries));

        assertThat(answer.failed()).extracting(failed -> failed.id()).containsExactly("e1");
        assertThat(bodies(sqs, url)).containsExactly("1", "2");
    }

    @Test
    void whereInvalidMessagesDieTheSenderHearsThatAllIsWell(
            Clients kafka, SqsClients sqs, ManagementAddress address) {
        var letters = sqs.queue("letters");
        var policy =
                "{\"deadLetterTargetArn\":\"" + sqs.arn(letters) + "\",\"maxReceiveCount\":\"3\"}";
        var queue = sqs.queue("dying", Map.of(QueueAttributeName.REDRIVE_POLICY, policy));
        var url = strict(kafka, queue, address);
        alter(kafka, url, "sluice.schema.on.invalid", "dead-letter");

        var answer =
                sqs.client().sendMessageBatch(b -> b.queueUrl(url).entries(entries("1", "x", "2")));

        assertThat(answer.failed()).isEmpty();
        assertThat(answer.successful()).hasSize(3);
        assertThat(bodies(sqs, url)).containsExactlyInAnyOrder("1", "2");
        assertThat(bodies(sqs, letters)).containsExactly("x");
    }

    private static List<SendMessageBatchRequestEntry> entries(String... bodies) {
        return IntStream.range(0, bodies.length)
                .mapToObj(
                        i ->
                                SendMessageBatchRequestEntry.builder()
                                        .id("e" + i)
                                        .messageBody(bodies[i])
                                        .build())
                .toList();
    }

    private static List<String> bodies(SqsClients sqs, String url) {
        return sqs
                .client()
                .receiveMessage(b -> b.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages()
                .stream()
                .map(Message::body)
                .toList();
    }

    /// Makes the queue's topic, which has its name, demand a schema.
    private static String strict(Clients kafka, String url, ManagementAddress address) {
        var topic = url.substring(url.lastIndexOf('/') + 1);
        new Registry(address).register(topic + "-value", "JSON", "{\"type\":\"integer\"}");
        alter(kafka, url, "sluice.schema.type", "json");
        return url;
    }

    private static void alter(Clients kafka, String url, String name, String value) {
        var topic = url.substring(url.lastIndexOf('/') + 1);
        var one = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        Clients.done(
                kafka.admin()
                        .incrementalAlterConfigs(
                                Map.of(
                                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                        List.of(one)))
                        .all());
    }
}
