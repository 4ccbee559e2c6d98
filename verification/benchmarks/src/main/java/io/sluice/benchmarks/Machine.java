package io.sluice.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.benchmarks.peer.RunningPeer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Who else has the processors: what is measured while somebody compiles is not worth much. What the kernel's own threads do for the
/// broker, such as writing back, counts as somebody else's, as it is in no process's figures.
final class Machine {
    /// The share of the machine that others may have without mattering much.
    static final double QUIET = 0.08;

    private static final OperatingSystemMXBean CLIENT =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final double TICKS_PER_SECOND = 100;
    private static final int QUIET_SECONDS = 10;

    private final double busyBefore = busySeconds();
    private final double clientBefore = clientSeconds();
    private final long start = System.nanoTime();

    /// Begins to look; no broker of ours runs yet.
    Machine() throws IOException {}

    /// Returns once nearly all of the machine was idle for a while.
    static void awaitQuiet() throws IOException, InterruptedException {
        for (var quiet = 0; quiet < QUIET_SECONDS; ) {
            var machine = new Machine();
            TimeUnit.SECONDS.sleep(1);
            quiet = machine.share(0) < QUIET ? quiet + 1 : 0;
        }
    }

    /// The others' share of the machine's time since the beginning, 0 to 1.
    double others(RunningPeer peer) throws IOException {
        return share(peer.use().cpuSeconds());
    }

    private double share(double brokerSeconds) throws IOException {
        var others = busySeconds() - busyBefore - (clientSeconds() - clientBefore) - brokerSeconds;
        return others / ((System.nanoTime() - start) / 1e9 * CLIENT.getAvailableProcessors());
    }

    private static double clientSeconds() {
        return CLIENT.getProcessCpuTime() / 1e9;
    }

    /// All processors, without idle and waiting for disks.
    private static double busySeconds() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var fields = lines.findFirst().orElseThrow().split(" +", -1);
            return Stream.of(1, 2, 3, 6, 7, 8).mapToLong(i -> Long.parseLong(fields[i])).sum()
                    / TICKS_PER_SECOND;
        }
    }
}
