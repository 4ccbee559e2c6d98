package io.sluice.conformance.torture.kafka;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// All lanes, and the reading that holds them against what the partitions hold.
///
/// A record's key is the name of its lane, its value begins with its number in it (u32).
final class Lanes {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<TopicPartition, Map<String, Lane>> lanes = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> verified = new HashMap<>();

    /// A new lane in `partition`.
    Lane open(TopicPartition partition, String name) {
        var lane = new Lane(name);
        lanes.computeIfAbsent(partition, _ -> new ConcurrentHashMap<>()).put(name, lane);
        return lane;
    }

    long acknowledged() {
        return all().stream().mapToLong(Lane::acknowledged).sum();
    }

    long sent() {
        return all().stream().mapToLong(Lane::sent).sum();
    }

    /// Makes the next [#verify] read everything from the first record.
    void startOver() {
        verified.clear();
        all().forEach(Lane::startOver);
    }

    /// Reads what has been added since the last call and checks it. Returns how many records it read.
    ///
    /// @throws Violation if a promise was not kept
    long verify(String bootstrap) {
        var settings =
                Map.<String, Object>of("bootstrap.servers", bootstrap, "auto.offset.reset", "none");
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = List.copyOf(lanes.keySet());
            var promised = new HashMap<TopicPartition, Long>();
            partitions.forEach(one -> promised.put(one, promise(one)));
            var ends = consumer.endOffsets(partitions, PATIENCE);
            partitions.forEach(
                    one -> checkEnd(one, promised.getOrDefault(one, -1L), end(ends, one)));
            consumer.assign(partitions);
            partitions.forEach(one -> consumer.seek(one, verified.getOrDefault(one, 0L)));
            var read = readTo(consumer, ends);
            partitions.forEach(
                    one -> lanes.getOrDefault(one, Map.of()).values().forEach(Lane::ended));
            verified.putAll(ends);
            return read;
        }
    }

    private long promise(TopicPartition partition) {
        return lanes.getOrDefault(partition, Map.of()).values().stream()
                .mapToLong(Lane::promise)
                .max()
                .orElse(-1);
    }

    private long readTo(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        var read = 0L;
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var left = new ArrayList<>(ends.keySet());
        while (!left.isEmpty()) {
            for (var record : consumer.poll(Duration.ofMillis(200))) {
                if (record.offset()
                        < end(ends, new TopicPartition(record.topic(), record.partition()))) {
                    found(record);
                    read++;
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
            }
            left.removeIf(one -> consumer.position(one, PATIENCE) >= end(ends, one));
            consumer.pause(ends.keySet().stream().filter(one -> !left.contains(one)).toList());
            if (System.nanoTime() > deadline) {
                throw new Violation(
                        Invariant.CLIENTS_GO_ON,
                        "no record comes any more of " + left + ", ends " + ends);
            }
        }
        return read;
    }

    private void found(ConsumerRecord<String, byte[]> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        var lane = lanes.getOrDefault(partition, Map.of()).get(record.key());
        if (lane == null) {
            throw new Violation(
                    Invariant.NOTHING_IS_INVENTED,
                    "a record of " + record.key() + " in " + partition);
        }
        lane.found(ByteBuffer.wrap(record.value()).getInt(), record.offset());
    }

    private static void checkEnd(TopicPartition partition, long promised, long end) {
        if (promised >= end) {
            throw new Violation(
                    Invariant.NO_ACKNOWLEDGED_RECORD_IS_LOST,
                    partition
                            + " ends at "
                            + end
                            + ", but offset "
                            + promised
                            + " was acknowledged");
        }
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private Collection<Lane> all() {
        return lanes.values().stream().flatMap(some -> some.values().stream()).toList();
    }
}
