package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/// A consumer with default settings reads from the beginning what was stored before: 6 partitions, values of 1 KiB.
public record CatchUp(int megabytes) implements Scenario {
    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        Clients.create(peer.bootstrap(), "load", 6);
        var records = megabytes * 1_000;
        try (var producer =
                Clients.producer(peer.bootstrap(), Map.of("batch.size", 65_536, "linger.ms", 5))) {
            Produce.send(producer, new byte[1_000], records);
        }
        RunningPeer.settleDisk();
        try (var consumer = Clients.consumer(peer.bootstrap())) {
            var partitions =
                    IntStream.range(0, 6).mapToObj(i -> new TopicPartition("load", i)).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var before = peer.use();
            var start = System.nanoTime();
            for (var count = 0; count < records; ) {
                count += consumer.poll(Duration.ofSeconds(1)).count();
            }
            var seconds = (System.nanoTime() - start) / 1e9;
            var cpu = peer.use().cpuSeconds() - before.cpuSeconds();
            return List.of(
                    new Measure("read, MB/s", megabytes / seconds),
                    new Measure("broker CPU, ms per MB", cpu / megabytes * 1e3));
        }
    }
}
