package io.sluice.conformance.client;

import static io.sluice.conformance.support.Clients.done;
import static io.sluice.conformance.support.Clients.refusal;
import static io.sluice.conformance.support.Clients.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Conformance
class ProduceTest {
    private static final int MEGABYTE = 1_000_000;

    @Test
    void acknowledgedOffsetsCountUpFromZeroInEachPartition(Clients clients) {
        var topic = clients.topic("offsets", 2);

        var first = clients.write(topic, 0, List.of("a", "b", "c"));
        var second = clients.write(topic, 1, List.of("d"));
        var third = clients.write(topic, 0, List.of("e"));

        assertThat(first).extracting(RecordMetadata::offset).containsExactly(0L, 1L, 2L);
        assertThat(second).extracting(RecordMetadata::offset).containsExactly(0L);
        assertThat(third).extracting(RecordMetadata::offset).containsExactly(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "all"})
    void recordsArriveWithEveryKindOfAcknowledgement(String acks, Clients clients) {
        var topic = clients.topic("acks", 1);
        var producer =
                clients.producer(Map.of("acks", acks, "enable.idempotence", acks.equals("all")));
        var values = IntStream.range(0, 100).mapToObj(Integer::toString).toList();

        var sent =
                send(
                        producer,
                        values.stream()
                                .map(value -> new ProducerRecord<String, String>(topic, value))
                                .toList());

        assertThat(sent).allMatch(one -> acks.equals("0") != one.hasOffset());
        Until.holds("all records are there", () -> Reading.values(clients, topic).equals(values));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void recordsComeBackFromEveryCompression(String compression, Clients clients) {
        var topic = clients.topic("compressed", 1);
        var producer = clients.producer(Map.of("compression.type", compression, "linger.ms", "50"));
        var values =
                IntStream.range(0, 500).mapToObj(i -> "value " + i + " " + "x".repeat(i)).toList();

        var _ =
                send(
                        producer,
                        values.stream()
                                .map(v -> new ProducerRecord<String, String>(topic, v))
                                .toList());

        assertThat(Reading.values(clients, topic)).isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd", "uncompressed"})
    void aTopicMayAskForACompressionOfItsOwn(String compression, Clients clients) {
        var topic = clients.topic("recompressed", 1, "compression.type", compression);

        var _ = clients.write(topic, 0, List.of("a", "b".repeat(10_000), "c"));

        assertThat(Reading.values(clients, topic)).containsExactly("a", "b".repeat(10_000), "c");
    }

    @Test
    void keysValuesHeadersAndTimestampsComeBackAsTheyWere(Clients clients) {
        var topic = clients.topic("whole", 1);
        var producer = clients.producer(Map.of());
        var full = new ProducerRecord<>(topic, 0, 1_234_567_890_123L, "key", "value");
        full.headers().add("a", "1".getBytes(StandardCharsets.UTF_8));
        full.headers().add("a", "2".getBytes(StandardCharsets.UTF_8));
        full.headers().add("empty", new byte[0]);
        full.headers().add("null", null);

        var _ = send(producer, List.of(full));

        var record = Reading.all(clients, topic).getFirst();
        assertThat(record.key()).isEqualTo("key");
        assertThat(record.value()).isEqualTo("value");
        assertThat(record.timestamp()).isEqualTo(1_234_567_890_123L);
        assertThat(record.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
        assertThat(record.headers())
                .extracting(Header::key)
                .containsExactly("a", "a", "empty", "null");
        assertThat(record.headers())
                .extracting(
                        header ->
                                header.value() == null
                                        ? null
                                        : new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly("1", "2", "", null);
    }

    @Test
    void nullAndEmptyKeysAndValuesStayDifferent(Clients clients) {
        var topic = clients.topic("nulls", 1);
        var producer = clients.producer(Map.of());

        var _ =
                send(
                        producer,
                        List.of(
                                new ProducerRecord<>(topic, 0, null, null),
                                new ProducerRecord<>(topic, 0, "", ""),
                                new ProducerRecord<>(topic, 0, "k", null),
                                new ProducerRecord<>(topic, 0, null, "v")));

        var records = Reading.all(clients, topic);
        assertThat(records).extracting(record -> record.key()).containsExactly(null, "", "k", null);
        assertThat(records)
                .extracting(record -> record.value())
                .containsExactly(null, "", null, "v");
    }

    @Test
    void aRecordOfOneMegabyteComesBack(Clients clients) {
        var topic = clients.topic("large", 1);
        var producer =
                clients.producer(Map.of(), new ByteArraySerializer(), new ByteArraySerializer());
        var values = new java.util.ArrayList<byte[]>();
        var random = new Random(7);
        for (var i = 0; i < 10; i++) {
            var value = new byte[MEGABYTE];
            random.nextBytes(value);
            values.add(value);
        }

        var _ =
                send(
                        producer,
                        values.stream()
                                .map(v -> new ProducerRecord<byte[], byte[]>(topic, v))
                                .toList());

        var consumer =
                clients.consumer(
                        Map.of(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(Clients.partitions(topic, 1));
        assertThat(Reading.next(consumer, 10))
                .extracting(record -> record.value())
                .containsExactlyElementsOf(values);
    }

    @Test
    void aRecordLargerThanTheTopicTakesIsRefusedAndTheNextOneIsNot(Clients clients) {
        var topic = clients.topic("limited", 1, "max.message.bytes", "10000");
        var producer = clients.producer(Map.of());

        var tooLarge = producer.send(new ProducerRecord<>(topic, "x".repeat(20_000)));
        assertThat(refusal(tooLarge)).isInstanceOf(RecordTooLargeException.class);

        var next = producer.send(new ProducerRecord<>(topic, "small"));
        assertThat(done(next).offset()).isZero();
    }

    @Test
    void aTopicMayStampRecordsItself(Clients clients) {
        var topic = clients.topic("stamped", 1, "message.timestamp.type", "LogAppendTime");
        var before = System.currentTimeMillis();

        var sent =
                send(
                        clients.producer(Map.of("compression.type", "lz4")),
                        List.of(new ProducerRecord<String, String>(topic, 0, 5L, null, "a")));

        var record = Reading.all(clients, topic).getFirst();
        assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(record.timestamp()).isBetween(before, System.currentTimeMillis());
        assertThat(sent.getFirst().timestamp()).isEqualTo(record.timestamp());
    }

    @Test
    void aTimestampOutsideOfWhatTheTopicAllowsIsRefused(Clients clients) {
        var topic = clients.topic("timely", 1, "message.timestamp.before.max.ms", "60000");
        var producer = clients.producer(Map.of());

        var old = producer.send(new ProducerRecord<>(topic, 0, 1_000L, "k", "old"));
        assertThat(refusal(old)).isInstanceOf(InvalidTimestampException.class);

        var current = producer.send(new ProducerRecord<>(topic, 0, "k", "current"));
        assertThat(done(current).offset()).isZero();
    }

    @Test
    void anImpossibleTopicNameIsRefused(Clients clients) {
        var producer = clients.producer(Map.of());

        var sent = producer.send(new ProducerRecord<>("no spaces, please", "value"));

        assertThat(refusal(sent)).isInstanceOf(InvalidTopicException.class);
    }
}
