package io.sluice.dialect.kafka.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.kafka.RunningDialect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kafka's own clients over a socket, without groups.
class RealClientsTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final RunningDialect dialect = new RunningDialect();

    @AfterEach
    void stop() {
        dialect.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void whatWasProducedIsConsumedInOrder(String compression) throws Exception {
        produce(compression, 1000, 100);

        assertThat(consume(1000)).isEqualTo(numbered(1000, 100));
    }

    @Test
    void largeRecordsArriveWhole() throws Exception {
        produce("none", 20, 900_000);

        assertThat(consume(20)).isEqualTo(numbered(20, 900_000));
    }

    private void produce(String compression, int count, int bytes) throws Exception {
        var settings = new HashMap<>(dialect.clientSettings());
        settings.put("compression.type", compression);
        settings.put("max.request.size", 2_000_000);
        var serializer = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(settings, serializer, serializer)) {
            var sent =
                    numbered(count, bytes).stream()
                            .map(
                                    value ->
                                            producer.send(
                                                    new ProducerRecord<>(
                                                            "orders",
                                                            value.getBytes(
                                                                    StandardCharsets.UTF_8))))
                            .toList();
            var expected = 0L;
            for (var record : sent) {
                assertThat(record.get().offset()).isEqualTo(expected++);
            }
        }
    }

    private List<String> consume(int count) {
        var settings = new HashMap<>(dialect.clientSettings());
        settings.put("auto.offset.reset", "earliest");
        var deserializer = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(settings, deserializer, deserializer)) {
            consumer.assign(List.of(ORDERS));
            consumer.seekToBeginning(List.of(ORDERS));
            var values = new ArrayList<String>();
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(10))
                        .forEach(
                                record ->
                                        values.add(
                                                new String(
                                                        record.value(), StandardCharsets.UTF_8)));
            }
            assertThat(consumer.endOffsets(List.of(ORDERS)))
                    .isEqualTo(Map.of(ORDERS, (long) count));
            return values;
        }
    }

    private static List<String> numbered(int count, int bytes) {
        var values = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            values.add(("value " + i + " ").repeat(1 + bytes / 8));
        }
        return values;
    }
}
