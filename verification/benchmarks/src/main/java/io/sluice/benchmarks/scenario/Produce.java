package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Bulk load: one idempotent producer, acks=all, 6 partitions, batches of 64 KiB, linger 5 ms.
///
/// @param recordBytes size of each value
/// @param records how many are measured; three quarters of it are sent before, unmeasured, until both sides' compilers are through
public record Produce(int recordBytes, int records) implements Scenario {
    private static final Map<String, Object> SETTINGS =
            Map.of("batch.size", 65_536, "linger.ms", 5, "buffer.memory", 64L << 20, "acks", "all");

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        Clients.create(peer.bootstrap(), "load", 6);
        var value = new byte[recordBytes];
        new Random(1).nextBytes(value);
        try (var producer = Clients.producer(peer.bootstrap(), SETTINGS)) {
            send(producer, value, records * 3 / 4);
            var before = peer.use();
            var start = System.nanoTime();
            send(producer, value, records);
            var seconds = (System.nanoTime() - start) / 1e9;
            var after = peer.use();
            var cpu = after.cpuSeconds() - before.cpuSeconds();
            return List.of(
                    new Measure("throughput, MB/s", records / 1e6 * recordBytes / seconds),
                    new Measure("throughput, thousand records/s", records / 1e3 / seconds),
                    new Measure("broker CPU, s per million records", cpu / records * 1e6),
                    new Measure("peak memory, MB", after.peakRssBytes() / 1e6),
                    new Measure(
                            "bytes written per byte sent",
                            (after.writtenBytes() - before.writtenBytes())
                                    / ((double) records * recordBytes)));
        }
    }

    static void send(KafkaProducer<byte[], byte[]> producer, byte[] value, int records)
            throws Exception {
        var failed = new AtomicReference<@Nullable Exception>();
        for (var i = 0; i < records; i++) {
            producer.send(
                    new ProducerRecord<>("load", i % 6, null, value),
                    (metadata, error) -> {
                        if (error != null) {
                            failed.compareAndSet(null, error);
                        }
                    });
        }
        producer.flush();
        var failure = failed.get();
        if (failure != null) {
            throw failure;
        }
    }
}
