package io.sluice.conformance.torture.kafka;

import io.sluice.conformance.torture.Worker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A member of a consumer group that reads all topics and commits after every poll.
final class Reader extends Worker {
    private final String group;
    private final Commits commits;
    private final List<String> topics;
    private final Map<String, Object> settings;

    /// @param protocol `classic` or `consumer`
    Reader(int number, String bootstrap, String protocol, Commits commits, List<String> topics) {
        super("reader-" + number + "-" + protocol);
        this.group = "torture-" + protocol;
        this.commits = commits;
        this.topics = topics;
        this.settings =
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "group.id", group,
                        "group.protocol", protocol,
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false",
                        "reconnect.backoff.max.ms", "200",
                        "default.api.timeout.ms", "30000");
    }

    @Override
    protected void work() {
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(topics);
            while (!isStopping()) {
                var records = consumer.poll(Duration.ofMillis(100));
                if (!records.isEmpty()) {
                    commit(consumer, records);
                }
            }
        }
    }

    private void commit(
            KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) {
        var next = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (ConsumerRecord<String, byte[]> record : records) {
            next.put(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1));
        }
        try {
            consumer.commitSync(next);
            next.forEach(
                    (partition, offset) -> commits.acknowledge(group, partition, offset.offset()));
        } catch (TimeoutException | RebalanceInProgressException | CommitFailedException notTold) {
            // The broker is away, or the partition has another owner: nothing was promised.
        }
    }
}
