package io.sluice.benchmarks.scenario.queue;

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

    /// @param what the beginning of each figure's name
    /// @param endNanos when the last message was through
    List<Measure> stop(String what, int messages, long endNanos) throws IOException {
        var broker = peer.use().cpuSeconds() - before.cpuSeconds();
        var client = (CLIENT.getProcessCpuTime() - clientBefore) / 1e9;
        var seconds = (endNanos - start) / 1e9;
        return List.of(
                new Measure(what + "thousand messages/s", messages / 1e3 / seconds),
                new Measure(what + "broker CPU, µs per message", broker / messages * 1e6),
                new Measure(what + "client CPU, µs per message", client / messages * 1e6));
    }
}
