package io.sluice.conformance.schema;

import static io.sluice.conformance.schema.Registry.framed;
import static io.sluice.conformance.support.AmqpClients.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/// Kafka's own producer, which is idempotent unless told otherwise.
@Conformance
class KafkaSchemaTest {
    /// So long that records which are sent together are one batch.
    private static final Map<String, String> TOGETHER = Map.of("linger.ms", "300");

    @Test
    void aValidValueIsTakenAndAnInvalidOneIsRefusedWithItsReason(
            Clients kafka, ManagementAddress address) {
        var topic = kafka.topic("strict", 1, "sluice.schema.type", "json");
        new Registry(address).register(topic + "-value", "JSON", "{\"type\":\"integer\"}");
        var producer = kafka.producer(Map.of());

        assertThat(Clients.done(producer.send(new ProducerRecord<>(topic, "7"))).offset()).isZero();
        assertThat(Clients.refusal(producer.send(new ProducerRecord<>(topic, "seven"))))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("not JSON");
        assertThat(Clients.done(producer.send(new ProducerRecord<>(topic, "8"))).offset())
                .isEqualTo(1);
        assertThat(Reading.values(kafka, topic)).containsExactly("7", "8");
    }

    @Test
    void ofABatchTheInvalidRecordIsNamedAndNothingIsTaken(
            Clients kafka, ManagementAddress address) {
        var topic = kafka.topic("batch", 1, "sluice.schema.type", "json");
        new Registry(address).register(topic + "-value", "JSON", "{\"type\":\"integer\"}");
        var producer = kafka.producer(TOGETHER);

        var sent = send(producer, topic, "1", "x", "2");

        assertThat(Clients.refusal(sent.get(1))).hasMessageContaining("not JSON");
        assertThat(Clients.refusal(sent.get(0))).hasMessageNotContaining("not JSON");
        assertThat(Clients.refusal(sent.get(2))).hasMessageNotContaining("not JSON");
        assertThat(Reading.values(kafka, topic)).isEmpty();
    }

    @Test
    void aValueThatNamesItsSchemaIsHeldAgainstThat(Clients kafka, ManagementAddress address) {
        var registry = new Registry(address);
        var topic = kafka.topic("framed", 1, "sluice.schema.type", "avro");
        int id = registry.register(topic + "-value", "AVRO", "\"string\"");
        int foreign = registry.register(topic + "-other", "AVRO", "\"boolean\"");
        var producer =
                kafka.producer(Map.of(), new ByteArraySerializer(), new ByteArraySerializer());

        assertThat(Clients.done(producer.send(record(topic, framed(id, new byte[] {2, 'a'})))))
                .isNotNull();
        assertThat(Clients.refusal(producer.send(record(topic, framed(id, new byte[] {4, 'a'})))))
                .hasMessageContaining("2 bytes are needed, 1 are left");
        assertThat(Clients.refusal(producer.send(record(topic, framed(foreign, new byte[] {1})))))
                .hasMessageContaining("names the schema " + foreign);
        assertThat(Clients.done(producer.send(record(topic, new byte[] {2, 'b'})))).isNotNull();
    }

    @Test
    void aProtobufValueNamesItsMessageToo(Clients kafka, ManagementAddress address) {
        var topic = kafka.topic("proto", 1, "sluice.schema.type", "protobuf");
        int id =
                new Registry(address)
                        .register(
                                topic + "-value",
                                "PROTOBUF",
                                "syntax = \"proto3\"; message A { int32 a = 1; message B { string b = 1; } }");
        var producer =
                kafka.producer(Map.of(), new ByteArraySerializer(), new ByteArraySerializer());

        Clients.done(producer.send(record(topic, framed(id, new byte[] {0, 8, 5}))));
        Clients.done(producer.send(record(topic, framed(id, new byte[] {4, 0, 0, 10, 1, 'x'}))));
        assertThat(
                        Clients.refusal(
                                producer.send(
                                        record(topic, framed(id, new byte[] {0, 10, 1, 'x'})))))
                .hasMessageContaining("as A: /a");
    }

    @Test
    void aTombstonePasses(Clients kafka, ManagementAddress address) {
        var topic =
                kafka.topic("tomb", 1, "sluice.schema.type", "json", "cleanup.policy", "compact");
        new Registry(address).register(topic + "-value", "JSON", "{\"type\":\"integer\"}");
        Clients.done(kafka.producer(Map.of()).send(new ProducerRecord<>(topic, "key", null)));
    }

    @Test
    void invalidRecordsDieAndTheOthersAreReadByConsumersAndQueues(
            Clients kafka, AmqpClients amqp, ManagementAddress address) throws Exception {
        var topic = new Registry(address).topicOfNumbers(kafka);
        var letters = amqp.queue("letters");
        var queue =
                amqp.queue(
                        "workers",
                        Map.of(
                                "x-sluice-topic",
                                topic,
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                letters));
        var producer = kafka.producer(TOGETHER);

        var sent = send(producer, topic, "x", "1", "y", "2", "z");
        assertThat(sent.stream().map(Clients::done).map(RecordMetadata::offset))
                .containsExactly(0L, 1L, 2L, 3L, 4L);
        var later = send(producer, topic, "v", "w");
        assertThat(later.stream().map(Clients::done).map(RecordMetadata::offset))
                .containsExactly(5L, 6L);
        assertThat(Clients.done(producer.send(new ProducerRecord<>(topic, "3"))).offset())
                .isEqualTo(7);

        assertThat(Reading.values(kafka, topic)).containsExactly("1", "2", "3");
        var got = new ArrayList<String>();
        Until.holds(
                "the queue has the valid ones",
                () -> {
                    got.addAll(amqp.drain(queue));
                    return got.size() >= 3;
                });
        assertThat(got).containsExactly("1", "2", "3");
        var channel = amqp.channel();
        var letter = channel.basicGet(letters, true);
        assertThat(AmqpClients.text(letter.getBody())).isEqualTo("x");
        assertThat(letter.getProps().getHeaders().get("x-sluice-reason")).hasToString("schema");
        assertThat(letter.getProps().getHeaders().get("x-sluice-error-text"))
                .asString()
                .contains("not JSON");
        assertThat(letter.getProps().getHeaders().get("x-first-death-reason"))
                .hasToString("schema");
        assertThat(amqp.drain(letters)).containsExactly("y", "z", "v", "w");
    }

    private static List<Future<RecordMetadata>> send(
            Producer<String, String> producer, String topic, String... values) {
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (var value : values) {
            sent.add(producer.send(new ProducerRecord<>(topic, value)));
        }
        producer.flush();
        return sent;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, byte[] value) {
        return new ProducerRecord<>(topic, bytes("key"), value);
    }
}
