package io.sluice.conformance.sqs;

import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.Reading;
import io.sluice.conformance.support.SqsClients;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// One queue in three protocols.
@Conformance
class ThreeDialectsTest {
    @BeforeEach
    void onlySluiceHasThree() {
        Promises.ofSluiceOnly("nobody else speaks all three");
    }

    @Test
    void aQueueDeclaredOverAmqpIsListedBySqs(AmqpClients amqp, SqsClients sqs) throws Exception {
        var queue = amqp.queue("declared");

        var url = sqs.client().getQueueUrl(b -> b.queueName(queue)).queueUrl();

        assertThat(sqs.client().listQueues(b -> b.queueNamePrefix(queue)).queueUrls())
                .containsExactly(url);
        assertThat(url).endsWith("/" + queue);
    }

    @Test
    void aQueueWhoseNameIsNoneInSqsIsNotListed(AmqpClients amqp, SqsClients sqs) throws Exception {
        var prefix = amqp.name("with").substring(0, 20);
        for (var name : List.of(prefix + ".dot", prefix + " blank", prefix + "-fine")) {
            amqp.channel().queueDeclare(name, true, false, false, Map.of());
            amqp.removed(name);
        }

        assertThat(sqs.client().listQueues(b -> b.queueNamePrefix(prefix)).queueUrls())
                .singleElement()
                .asString()
                .endsWith("-fine");
    }

    @Test
    void aQueueCreatedBySqsIsThereForAmqp(AmqpClients amqp, SqsClients sqs) throws Exception {
        var name = SqsClients.nameOf(sqs.queue("created"));

        assertThat(amqp.exists(name)).isTrue();
        var _ = sqs.client().deleteQueue(b -> b.queueUrl(name));
        Until.holds("it is gone for both", () -> !amqp.exists(name));
    }

    @Test
    void aQueueDeletedOverAmqpIsGoneForSqs(AmqpClients amqp, SqsClients sqs) throws Exception {
        var url = sqs.queue("deleted");
        try (var channel = amqp.channel()) {
            channel.queueDelete(SqsClients.nameOf(url));
        }

        Until.holds(
                "it is gone for both",
                () -> Refused.of(() -> sqs.receive(url, 1)).code().equals(Refused.NO_QUEUE));
    }

    @Test
    void whatIsSentBySqsIsConsumedOverAmqp(AmqpClients amqp, SqsClients sqs) throws Exception {
        var url = sqs.queue("sqs-to-amqp");
        var sent =
                sqs.client()
                        .sendMessage(
                                b ->
                                        b.queueUrl(url)
                                                .messageBody("hello \u20ac")
                                                .messageAttributes(
                                                        Map.of(
                                                                "kind",
                                                                string("order"),
                                                                "blob",
                                                                MessageAttributeValue.builder()
                                                                        .dataType("Binary")
                                                                        .binaryValue(
                                                                                SdkBytes
                                                                                        .fromByteArray(
                                                                                                new byte
                                                                                                        [] {
                                                                                                    0,
                                                                                                    -1
                                                                                                }))
                                                                        .build())));

        var got = amqp.channel().basicGet(SqsClients.nameOf(url), true);

        assertThat(text(got.getBody())).isEqualTo("hello \u20ac");
        assertThat(got.getProps().getMessageId()).isEqualTo(sent.messageId());
        assertThat(got.getProps().getHeaders().get("kind")).hasToString("order");
        assertThat(sqs.receive(url, 1)).isEmpty();
    }

    @Test
    void whatIsPublishedOverAmqpIsReceivedBySqs(AmqpClients amqp, SqsClients sqs) throws Exception {
        var queue = amqp.queue("amqp-to-sqs");
        amqp.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .headers(Map.of("kind", "order"))
                        .build(),
                "hello \u20ac");
        var url = sqs.client().getQueueUrl(b -> b.queueName(queue)).queueUrl();

        var message = sqs.next(url);

        assertThat(message.body()).isEqualTo("hello \u20ac");
        assertThat(message.md5OfBody()).isEqualTo(Md5.of("hello \u20ac"));
        assertThat(message.messageAttributes()).containsEntry("kind", string("order"));
        assertThat(message.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
        assertThat(amqp.channel().basicGet(queue, true)).as("it is held").isNull();
        sqs.delete(url, message);
        assertThat(sqs.receive(url, 1)).isEmpty();
    }

    @Test
    void bytesThatAreNoTextReachSqsInBase64(AmqpClients amqp, SqsClients sqs) throws Exception {
        var queue = amqp.queue("bytes");
        for (var body : new byte[][] {{(byte) 0xFF, (byte) 0xFE}, {'a', 0}}) {
            amqp.channel().basicPublish("", queue, null, body);
            var url = sqs.client().getQueueUrl(b -> b.queueName(queue)).queueUrl();

            var message = sqs.next(url);

            assertThat(Base64.getDecoder().decode(message.body())).isEqualTo(body);
            assertThat(message.messageAttributes())
                    .containsEntry("sluice-body-encoding", string("base64"));
            sqs.delete(url, message);
        }
    }

    @Test
    void whatSqsGivesBackAmqpGetsAsRedelivered(AmqpClients amqp, SqsClients sqs) throws Exception {
        var url = sqs.queue("given-back");
        var _ = sqs.send(url, "x");
        sqs.hide(url, sqs.next(url), 0);

        var got = amqp.channel().basicGet(SqsClients.nameOf(url), true);

        assertThat(got.getEnvelope().isRedeliver()).isTrue();
    }

    @Test
    void whatIsSentBySqsIsReadByKafkaAndStaysThere(Clients kafka, SqsClients sqs) {
        var url = sqs.queue("sqs-to-kafka");
        var _ =
                sqs.client()
                        .sendMessage(
                                b ->
                                        b.queueUrl(url)
                                                .messageBody("a")
                                                .messageGroupId("tenant")
                                                .messageAttributes(
                                                        Map.of("kind", string("order"))));
        sqs.sendEach(url, "b", "c");

        var records = Reading.all(kafka, SqsClients.nameOf(url));

        assertThat(records)
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrder("a", "b", "c");
        var a =
                records.stream()
                        .filter(record -> record.value().equals("a"))
                        .findFirst()
                        .orElseThrow();
        assertThat(text(a.headers().lastHeader("kind").value())).isEqualTo("order");
        assertThat(a.key()).isEqualTo("tenant");
        assertThat(sqs.receiveAll(url, 3)).hasSize(3);
    }

    @Test
    void whatKafkaWritesIsReceivedBySqs(Clients kafka, SqsClients sqs) {
        var topic = kafka.topic("kafka-to-sqs", 3);
        var url = sqs.created(topic, Map.of());
        var record = new ProducerRecord<>(topic, 1, "key", "a");
        record.headers().add("kind", "order".getBytes(StandardCharsets.UTF_8));
        var _ = Clients.send(kafka.producer(Map.of()), List.of(record));
        var _ = kafka.write(topic, 2, List.of("b"));

        var messages = sqs.receiveAll(url, 2);

        assertThat(SqsClients.bodies(messages)).containsExactlyInAnyOrder("a", "b");
        var a = messages.stream().filter(one -> one.body().equals("a")).findFirst().orElseThrow();
        assertThat(a.messageAttributes()).containsEntry("kind", string("order"));
        assertThat(a.attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "key");
        messages.forEach(message -> sqs.delete(url, message));
    }

    @Test
    void aLongPollWaitsForAllPartitionsAndWhatCameIsDeletedWhereItCameFrom(
            Clients kafka, SqsClients sqs) throws Exception {
        var topic = kafka.topic("partitions-to-sqs", 3);
        var url = sqs.created(topic, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "2"));
        for (int partition = 0; partition < 3; partition++) {
            var poll = sqs.async().receiveMessage(b -> b.queueUrl(url).waitTimeSeconds(20));
            var body = "to " + partition;
            var _ = kafka.write(topic, partition, List.of(body));
            var messages = Clients.done(poll).messages();
            assertThat(SqsClients.bodies(messages)).containsExactly(body);
            sqs.delete(url, messages.getFirst());
        }
        assertThat(sqs.receive(url, b -> b.waitTimeSeconds(4))).isEmpty();
        assertThat(
                        sqs.attribute(
                                url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo("0");
    }

    @Test
    void aLongPollOfSqsWakesForWhatOthersSend(AmqpClients amqp, Clients kafka, SqsClients sqs)
            throws Exception {
        var queue = amqp.queue("wake");
        var url = sqs.client().getQueueUrl(b -> b.queueName(queue)).queueUrl();
        var first = sqs.async().receiveMessage(b -> b.queueUrl(url).waitTimeSeconds(20));
        amqp.publish(queue, "from AMQP");
        assertThat(SqsClients.bodies(Clients.done(first).messages())).containsExactly("from AMQP");

        var second = sqs.async().receiveMessage(b -> b.queueUrl(url).waitTimeSeconds(20));
        var _ = kafka.write(queue, 0, List.of("from Kafka"));

        assertThat(SqsClients.bodies(Clients.done(second).messages()))
                .containsExactly("from Kafka");
    }

    private static MessageAttributeValue string(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }
}
