package io.sluice.benchmarks.scenario.sqs;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import io.sluice.benchmarks.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// From the spawn of the process to the first answered request, the second time it starts; then ten idle seconds.
public record FirstAnswer() implements Scenario {
    private static final int IDLE_SECONDS = 10;

    @Override
    public List<Measure> run(RunningPeer peer) throws Exception {
        answered(peer);
        peer.restart();
        var seconds = answered(peer);
        var before = peer.use();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        var after = peer.use();
        return List.of(
                new Measure("start to first answered request, s", seconds),
                new Measure("CPU of start, s", before.cpuSeconds()),
                new Measure("idle memory, MB", after.rssBytes() / 1e6),
                new Measure(
                        "idle CPU, % of a core",
                        (after.cpuSeconds() - before.cpuSeconds()) / IDLE_SECONDS * 100));
    }

    /// Seconds since the process was spawned.
    private static double answered(RunningPeer peer) throws IOException, InterruptedException {
        try (var connection = Crew.open(peer)) {
            var _ = connection.call("ListQueues", "{}");
            return (System.nanoTime() - peer.startedNanos()) / 1e9;
        }
    }
}
