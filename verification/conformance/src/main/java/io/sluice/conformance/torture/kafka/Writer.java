package io.sluice.conformance.torture.kafka;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import io.sluice.conformance.torture.Worker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// An idempotent producer that writes to every partition. Each of its records must be acknowledged in the end: it has two minutes to retry, and no kill takes so long.
final class Writer extends Worker {
    private static final List<String> COMPRESSIONS =
            List.of("none", "lz4", "zstd", "snappy", "gzip");
    private static final int SMALL_BYTES_MAX = 400;
    private static final int LARGE_BYTES_MAX = 200_000;

    private final int number;
    private final Lanes lanes;
    private final List<TopicPartition> partitions;
    private final Random random;
    private final Map<String, Object> settings;
    private final Queue<Exception> refusals = new ConcurrentLinkedQueue<>();

    /// @param number tells this writer from the others and chooses its compression
    Writer(
            int number,
            String bootstrap,
            Lanes lanes,
            List<TopicPartition> partitions,
            Random random) {
        super("writer-" + number);
        this.number = number;
        this.lanes = lanes;
        this.partitions = partitions;
        this.random = random;
        this.settings =
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "compression.type",
                        COMPRESSIONS.get(number % COMPRESSIONS.size()),
                        "linger.ms",
                        number % 2 == 0 ? "0" : "5",
                        "buffer.memory",
                        "8000000",
                        "reconnect.backoff.max.ms",
                        "200",
                        "max.block.ms",
                        "120000");
    }

    @Override
    protected void work() {
        var own =
                partitions.stream()
                        .map(one -> lanes.open(one, "writer-" + number + "-in-" + one))
                        .toList();
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            while (!isStopping()) {
                var chosen = random.nextInt(partitions.size());
                burst(producer, partitions.get(chosen), own.get(chosen));
                var refused = refusals.peek();
                if (refused != null) {
                    throw new Violation(
                            Invariant.CLIENTS_GO_ON,
                            "writer-" + number + " was refused: " + refused,
                            refused);
                }
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
        }
    }

    private void burst(
            KafkaProducer<String, byte[]> producer, TopicPartition partition, Lane lane) {
        var large = random.nextInt(200) == 0;
        var count = large ? 1 : 1 + random.nextInt(20);
        for (var i = 0; i < count; i++) {
            var value =
                    new byte
                            [Integer.BYTES
                                    + random.nextInt(large ? LARGE_BYTES_MAX : SMALL_BYTES_MAX)];
            random.nextBytes(value);
            var id = lane.send();
            ByteBuffer.wrap(value).putInt(id);
            var record =
                    new ProducerRecord<>(
                            partition.topic(), partition.partition(), lane.name(), value);
            var _ =
                    producer.send(
                            record,
                            (metadata, failed) -> {
                                if (failed == null) {
                                    lane.acknowledge(id, metadata.offset());
                                } else {
                                    refusals.add(failed);
                                }
                            });
        }
    }
}
