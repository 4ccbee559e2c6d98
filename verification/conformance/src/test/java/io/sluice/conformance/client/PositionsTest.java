package io.sluice.conformance.client;

import static io.sluice.conformance.support.Clients.at;
import static io.sluice.conformance.support.Clients.done;
import static io.sluice.conformance.support.Clients.partitions;
import static io.sluice.conformance.support.Clients.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Reading;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@Conformance
class PositionsTest {
    @Test
    void aConsumerGoesToTheBeginningTheEndAndAnywhereBetween(Clients clients) {
        var topic = hundredRecords(clients);
        var partition = new TopicPartition(topic, 0);
        var consumer = clients.consumer(Map.of());
        consumer.assign(List.of(partition));

        consumer.seek(partition, 42);
        assertThat(Reading.next(consumer, 1).getFirst().offset()).isEqualTo(42);

        consumer.seekToBeginning(List.of(partition));
        assertThat(consumer.position(partition)).isZero();
        assertThat(Reading.next(consumer, 100))
                .extracting(ConsumerRecord::offset)
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());

        consumer.seekToEnd(List.of(partition));
        assertThat(consumer.position(partition)).isEqualTo(100);
        var _ = clients.write(topic, 0, List.of("new"));
        assertThat(Reading.next(consumer, 1))
                .extracting(ConsumerRecord::value)
                .containsExactly("new");
    }

    @Test
    void offsetsAreFoundByTimestamp(Clients clients) {
        var topic = clients.topic("times", 1);
        var partition = new TopicPartition(topic, 0);
        var first = System.currentTimeMillis() - 100_000;
        for (var compression : List.of("none", "zstd")) {
            var start = compression.equals("none") ? first : first + 1_000;
            var _ =
                    send(
                            clients.producer(
                                    Map.of("compression.type", compression, "linger.ms", "20")),
                            IntStream.range(0, 100)
                                    .mapToObj(
                                            i ->
                                                    new ProducerRecord<>(
                                                            topic,
                                                            0,
                                                            start + 10L * i,
                                                            "k",
                                                            "v" + i))
                                    .toList());
        }
        var consumer = clients.consumer(Map.of());

        assertThat(offsetAt(consumer.offsetsForTimes(Map.of(partition, 0L)), partition)).isZero();
        assertThat(offsetAt(consumer.offsetsForTimes(Map.of(partition, first + 500)), partition))
                .isEqualTo(50);
        assertThat(offsetAt(consumer.offsetsForTimes(Map.of(partition, first + 501)), partition))
                .isEqualTo(51);
        assertThat(offsetAt(consumer.offsetsForTimes(Map.of(partition, first + 1_335)), partition))
                .isEqualTo(134);
        assertThat(consumer.offsetsForTimes(Map.of(partition, first + 2_000)))
                .containsEntry(partition, null);
    }

    @Test
    void theRecordWithTheGreatestTimestampIsFound(Clients clients) {
        var topic = clients.topic("max-time", 1);
        var partition = new TopicPartition(topic, 0);
        var producer = clients.producer(Map.of());
        var now = System.currentTimeMillis();
        for (var age : List.of(100, 10, 50)) {
            var _ = send(producer, List.of(new ProducerRecord<>(topic, 0, now - age, "k", "v")));
        }

        var found =
                done(
                        clients.admin()
                                .listOffsets(Map.of(partition, OffsetSpec.maxTimestamp()))
                                .partitionResult(partition));

        assertThat(found.offset()).isEqualTo(1);
        assertThat(found.timestamp()).isEqualTo(now - 10);
    }

    @Test
    void readingStartsWhereTheResetPolicySays(Clients clients) {
        var topic = hundredRecords(clients);
        var partition = new TopicPartition(topic, 0);

        var earliest = clients.consumer(Map.of("auto.offset.reset", "earliest"));
        earliest.assign(List.of(partition));
        assertThat(Reading.next(earliest, 1).getFirst().offset()).isZero();

        var latest = clients.consumer(Map.of("auto.offset.reset", "latest"));
        latest.assign(List.of(partition));
        assertThat(latest.position(partition)).isEqualTo(100);

        var by = clients.consumer(Map.of("auto.offset.reset", "by_duration:PT1H"));
        by.assign(List.of(partition));
        assertThat(by.position(partition)).isZero();
    }

    @Test
    void aPositionThatDoesNotExistIsOutOfRange(Clients clients) {
        var topic = hundredRecords(clients);
        var partition = new TopicPartition(topic, 0);
        var consumer = clients.consumer(Map.of("auto.offset.reset", "none"));
        consumer.assign(List.of(partition));

        consumer.seek(partition, 101);

        assertThatThrownBy(() -> Reading.next(consumer, 1))
                .isInstanceOf(OffsetOutOfRangeException.class);
    }

    @Test
    void deletedRecordsAreGoneAndTheirOffsetsAreOutOfRange(Clients clients) {
        var topic = hundredRecords(clients);
        var partition = new TopicPartition(topic, 0);

        var deleted =
                done(
                        at(
                                clients.admin()
                                        .deleteRecords(
                                                Map.of(partition, RecordsToDelete.beforeOffset(33)))
                                        .lowWatermarks(),
                                partition));

        assertThat(deleted.lowWatermark()).isEqualTo(33);
        var consumer = clients.consumer(Map.of("auto.offset.reset", "none"));
        assertThat(consumer.beginningOffsets(List.of(partition))).containsEntry(partition, 33L);
        consumer.assign(List.of(partition));
        consumer.seek(partition, 33);
        assertThat(Reading.next(consumer, 67).getFirst().offset()).isEqualTo(33);
        consumer.seek(partition, 32);
        assertThatThrownBy(() -> Reading.next(consumer, 1))
                .isInstanceOf(OffsetOutOfRangeException.class);
    }

    @Test
    void pausedPartitionsAreSilentAndResumeWhereTheyWere(Clients clients) {
        var topic = clients.topic("paused", 2);
        var partitions = partitions(topic, 2);
        var consumer = clients.consumer(Map.of());
        consumer.assign(partitions);
        consumer.pause(List.of(partitions.get(0)));
        var _ = clients.write(topic, 0, List.of("a", "b"));
        var _ = clients.write(topic, 1, List.of("c"));

        assertThat(Reading.next(consumer, 1))
                .extracting(ConsumerRecord::value)
                .containsExactly("c");
        consumer.resume(List.of(partitions.get(0)));
        assertThat(Reading.next(consumer, 2))
                .extracting(ConsumerRecord::value)
                .containsExactly("a", "b");
    }

    @Test
    void aFetchLimitNeverKeepsAConsumerFromALargerRecord(Clients clients) {
        var topic = clients.topic("small-fetch", 1);
        var _ = clients.write(topic, 0, List.of("x".repeat(200_000), "y".repeat(300_000), "z"));
        var consumer =
                clients.consumer(
                        Map.of("fetch.max.bytes", "1000", "max.partition.fetch.bytes", "1000"));
        consumer.assign(partitions(topic, 1));

        assertThat(Reading.next(consumer, 3))
                .extracting(record -> record.value().length())
                .containsExactly(200_000, 300_000, 1);
    }

    @Test
    void aFetchWaitsForItsMinimumOfBytes(Clients clients) {
        var topic = clients.topic("long-poll", 1);
        var consumer =
                clients.consumer(Map.of("fetch.min.bytes", "50000", "fetch.max.wait.ms", "20000"));
        consumer.assign(partitions(topic, 1));
        assertThat(consumer.poll(Duration.ofMillis(200))).isEmpty();

        var _ = clients.write(topic, 0, List.of("too little"));
        assertThat(consumer.poll(Duration.ofMillis(500))).isEmpty();
        var _ = clients.write(topic, 0, List.of("x".repeat(60_000)));

        assertThat(Reading.next(consumer, 2)).hasSize(2);
    }

    @Test
    void manyPartitionsAreReadByOneConsumer(Clients clients) {
        var topic = clients.topic("many", 50);
        var expected = new HashMap<Integer, String>();
        var producer = clients.producer(Map.of());
        var records =
                IntStream.range(0, 50)
                        .mapToObj(i -> new ProducerRecord<>(topic, i, "k", "v" + i))
                        .toList();
        var _ = send(producer, records);
        records.forEach(record -> expected.put(record.partition(), record.value()));

        var read = new HashMap<Integer, String>();
        Reading.all(clients, topic).forEach(record -> read.put(record.partition(), record.value()));

        assertThat(read).isEqualTo(expected);
    }

    private static String hundredRecords(Clients clients) {
        var topic = clients.topic("hundred", 1);
        var _ = clients.write(topic, 0, IntStream.range(0, 100).mapToObj(i -> "v" + i).toList());
        return topic;
    }

    private static long offsetAt(
            Map<TopicPartition, OffsetAndTimestamp> found, TopicPartition partition) {
        var at = found.get(partition);
        assertThat(at).isNotNull();
        return at == null ? -1 : at.offset();
    }
}
