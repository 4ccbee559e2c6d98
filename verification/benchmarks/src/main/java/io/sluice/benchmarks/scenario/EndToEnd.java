package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Latency from the moment at which a record was due to be sent to the moment at which a consumer has it, at a steady rate, linger 0. A record that
/// goes out late because the one before it was held up counts from when it was due.
///
/// @param perSecond records a second
/// @param seconds how long is measured; half of it runs before, unmeasured
public record EndToEnd(int perSecond, int seconds) implements Scenario {
    private static final int VALUE_BYTES = 256;

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        Clients.create(peer.bootstrap(), "ticks", 1);
        var warmUp = perSecond * seconds / 2;
        var total = warmUp + perSecond * seconds;
        try (var consumer = Clients.consumer(peer.bootstrap());
                var producer =
                        Clients.producer(peer.bootstrap(), Map.of("linger.ms", 0, "acks", "all"))) {
            var partition = new TopicPartition("ticks", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var received = new CompletableFuture<Histogram>();
            Thread.ofPlatform()
                    .start(
                            () -> {
                                try {
                                    received.complete(receive(consumer, warmUp, total));
                                } catch (RuntimeException e) {
                                    received.completeExceptionally(e);
                                }
                            });
            var before = peer.use();
            var start = System.nanoTime() + 1_000_000;
            for (var i = 0; i < total; i++) {
                var due = start + i * 1_000_000_000L / perSecond;
                for (var now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                producer.send(
                        new ProducerRecord<>(
                                "ticks",
                                0,
                                null,
                                ByteBuffer.allocate(VALUE_BYTES).putLong(due).array()));
            }
            producer.flush();
            var latencies = received.get(60, TimeUnit.SECONDS);
            var cpu = peer.use().cpuSeconds() - before.cpuSeconds();
            return List.of(
                    new Measure("end to end p50, ms", latencies.getValueAtPercentile(50) / 1e3),
                    new Measure("end to end p99, ms", latencies.getValueAtPercentile(99) / 1e3),
                    new Measure("end to end p99.9, ms", latencies.getValueAtPercentile(99.9) / 1e3),
                    new Measure("broker CPU, s per million records", cpu / total * 1e6));
        }
    }

    private static Histogram receive(
            KafkaConsumer<byte[], byte[]> consumer, int warmUp, int total) {
        var microseconds = new Histogram(3);
        for (var count = 0; count < total; ) {
            for (var message : consumer.poll(Duration.ofSeconds(1))) {
                if (count++ >= warmUp) {
                    microseconds.recordValue(
                            (System.nanoTime() - ByteBuffer.wrap(message.value()).getLong())
                                    / 1_000);
                }
            }
        }
        return microseconds;
    }
}
