package io.sluice.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// What a topic forgets by itself: by age, by size, and by key.
@Conformance
class RetentionTest {
    private static final String MEGABYTE = Integer.toString(1024 * 1024);

    @Test
    void recordsOlderThanTheirTopicKeepsDisappear(Clients clients) {
        var topic =
                clients.topic("by-age", 1, "retention.ms", "3600000", "segment.bytes", MEGABYTE);
        var producer = clients.producer(Map.of());
        var twoHoursAgo = System.currentTimeMillis() - 7_200_000;
        var records = new ArrayList<ProducerRecord<String, String>>();
        for (var i = 0; i < 40; i++) {
            records.add(new ProducerRecord<>(topic, 0, twoHoursAgo, "k", "x".repeat(50_000)));
        }
        var _ = Clients.send(producer, records);

        // The last segment of a log may be kept whole: a newer record follows in a segment of its
        // own.
        var _ =
                Clients.send(
                        producer,
                        List.of(new ProducerRecord<>(topic, 0, "k", "new".repeat(10_000))));

        Until.holds("old records are gone", () -> start(clients, topic) > 0);
        assertThat(Reading.all(clients, topic).getLast().value()).startsWith("new");
    }

    @Test
    void aTopicThatIsTooLargeLosesItsOldestRecords(Clients clients) {
        var topic =
                clients.topic(
                        "by-size", 1, "retention.bytes", "2000000", "segment.bytes", MEGABYTE);
        var producer = clients.producer(Map.of());
        var records = new ArrayList<ProducerRecord<String, String>>();
        for (var i = 0; i < 100; i++) {
            records.add(new ProducerRecord<>(topic, 0, "k", i + " " + "x".repeat(50_000)));
        }
        var _ = Clients.send(producer, records);

        Until.holds("the oldest records are gone", () -> start(clients, topic) >= 30);
        var kept = Reading.all(clients, topic);
        assertThat(kept.getLast().offset()).isEqualTo(99);
        assertThat(kept.size()).as("at least retention.bytes are kept").isGreaterThanOrEqualTo(39);
    }

    @Test
    void aCompactedTopicKeepsTheLastValueOfEachKeyAndNoTombstones(
            BrokerProcess broker, Clients clients) {
        var topic =
                clients.topic(
                        "compacted",
                        1,
                        "cleanup.policy",
                        "compact",
                        "min.cleanable.dirty.ratio",
                        "0.01",
                        "segment.ms",
                        "500",
                        "delete.retention.ms",
                        "100",
                        "max.compaction.lag.ms",
                        "1000");
        var producer = clients.producer(Map.of("batch.size", "1000"));
        var written = 0;
        var last = new HashMap<String, String>();
        for (var round = 0; round < 20; round++) {
            var records = new ArrayList<ProducerRecord<String, String>>();
            for (var key = 0; key < 10; key++) {
                records.add(new ProducerRecord<>(topic, "key" + key, "value " + ++written));
            }
            var _ = Clients.send(producer, records);
            records.forEach(record -> last.put(record.key(), record.value()));
        }
        var _ = Clients.send(producer, List.of(new ProducerRecord<>(topic, "key0", null)));
        last.remove("key0");

        // Each look writes one more record, so that what came before is not in the segment being
        // written.
        Until.holds(
                "only the last values are left",
                Until.PATIENCE,
                () -> {
                    var _ =
                            Clients.send(
                                    producer,
                                    List.of(new ProducerRecord<>(topic, "clock", "tick")));
                    return withoutClock(clients, topic).size() == 9;
                },
                () -> withoutClock(clients, topic).size() + " records are left");

        assertThat(latest(clients, topic)).isEqualTo(last);
        assertThat(Reading.all(clients, topic)).extracting(ConsumerRecord::offset).isSorted();
        broker.killAndRestart();
        assertThat(latest(clients, topic)).isEqualTo(last);
    }

    private static List<ConsumerRecord<String, String>> withoutClock(
            Clients clients, String topic) {
        return Reading.all(clients, topic).stream()
                .filter(record -> !record.key().equals("clock"))
                .toList();
    }

    private static Map<String, String> latest(Clients clients, String topic) {
        var latest = new HashMap<String, String>();
        withoutClock(clients, topic).forEach(record -> latest.put(record.key(), record.value()));
        return latest;
    }

    private static long start(Clients clients, String topic) {
        var partition = new TopicPartition(topic, 0);
        return Clients.at(
                clients.consumer(Map.of()).beginningOffsets(List.of(partition)), partition);
    }
}
