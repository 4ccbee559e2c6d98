package io.sluice.benchmarks.scenario.sqs;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.ProcessUse;
import io.sluice.benchmarks.peer.RunningPeer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/// What a number of messages costs from here on: time, and processor time on both sides of the socket.
final class Stopwatch {
    private static final OperatingSystemMXBean CLIENT =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final RunningPeer peer;
    private final ProcessUse before;
    private final long clientBefore = CLIENT.getProcessCpuTime();
    private final long start;

    Stopwatch(RunningPeer peer) throws IOException {
        this.peer = peer;
        before = peer.use();
        start = System.nanoTime();
    }

    /// @param unit what `count` counts, in the plural
    List<Measure> stop(String unit, String one, long count) throws IOException {
        var seconds = (System.nanoTime() - start) / 1e9;
        var after = peer.use();
        var client = (CLIENT.getProcessCpuTime() - clientBefore) / 1e9;
        return List.of(
                new Measure("thousand " + unit + "/s", count / 1e3 / seconds),
                new Measure(
                        "broker CPU, µs per " + one,
                        (after.cpuSeconds() - before.cpuSeconds()) / count * 1e6),
                new Measure("client CPU, µs per " + one, client / count * 1e6),
                new Measure("peak memory, MB", after.peakRssBytes() / 1e6));
    }
}
