package io.sluice.conformance.support;

import io.sluice.conformance.process.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reading without a group.
public final class Reading {
    private static final Duration POLL = Duration.ofMillis(200);

    private Reading() {}

    /// Every record of `topic`, from the first that is kept to the last at the time of asking.
    public static List<ConsumerRecord<String, String>> all(Clients clients, String topic) {
        var consumer = clients.consumer(Map.of());
        var partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var records = new ArrayList<ConsumerRecord<String, String>>();
        Until.holds(
                "all of " + topic + " is read",
                Until.PATIENCE,
                () -> {
                    consumer.poll(POLL).forEach(records::add);
                    return partitions.stream()
                            .allMatch(one -> consumer.position(one) >= Clients.at(ends, one));
                },
                () -> records.size() + " records, to reach " + ends);
        return records;
    }

    public static List<String> values(Clients clients, String topic) {
        return all(clients, topic).stream().map(ConsumerRecord::value).toList();
    }

    /// Polls until at least `count` records have come. A failure of the consumer goes to the caller as it is.
    public static <K, V> List<ConsumerRecord<K, V>> next(Consumer<K, V> consumer, int count) {
        var records = new ArrayList<ConsumerRecord<K, V>>();
        var deadline = System.nanoTime() + Until.PATIENCE.toNanos();
        while (records.size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(count + " records should come, so far " + records.size());
            }
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }
}
