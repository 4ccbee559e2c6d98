package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/// From the spawn of the process to the first acknowledged record, on a directory that has its topic already; then ten idle seconds.
public record StartUp() implements Scenario {
    private static final int IDLE_SECONDS = 10;

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        Clients.create(peer.bootstrap(), "first", 1);
        firstRecord(peer);
        peer.restart();
        var seconds = firstRecord(peer);
        var before = peer.use();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        var after = peer.use();
        return List.of(
                new Measure("start to first acknowledged record, s", seconds),
                new Measure("idle memory, MB", after.rssBytes() / 1e6),
                new Measure(
                        "idle CPU, % of a core",
                        (after.cpuSeconds() - before.cpuSeconds()) / IDLE_SECONDS * 100),
                new Measure("CPU of start, s", before.cpuSeconds()));
    }

    /// Seconds since the process was spawned.
    private static double firstRecord(RunningPeer peer) throws Exception {
        try (var producer = Clients.producer(peer.bootstrap(), Map.of("linger.ms", 0))) {
            producer.send(new ProducerRecord<>("first", 0, null, new byte[100])).get();
            return (System.nanoTime() - peer.startedNanos()) / 1e9;
        }
    }
}
