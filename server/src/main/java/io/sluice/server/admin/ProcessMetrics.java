package io.sluice.server.admin;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What the process costs the machine: processor, memory, files, threads, garbage collection.
///
/// The JVM's management classes are loaded by the first question, not by the start.
public final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);

    private ProcessMetrics() {}

    public static void register(Metrics metrics) {
        metrics.counter(
                "sluice_process_cpu_seconds_total",
                "Processor time that the process has used.",
                () -> system().getProcessCpuTime() / NANOS_PER_SECOND);
        metrics.gauge(
                "sluice_process_open_fds",
                "Files and sockets that the process has open.",
                () -> system().getOpenFileDescriptorCount());
        metrics.gauge(
                "sluice_jvm_heap_used_bytes",
                "Heap in use, garbage included.",
                () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        metrics.gauge(
                "sluice_jvm_heap_max_bytes",
                "What the heap may grow to.",
                () -> Runtime.getRuntime().maxMemory());
        metrics.gauge(
                "sluice_jvm_threads",
                "Threads of the process.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        metrics.counters(
                "sluice_jvm_gc_seconds_total",
                "Time spent in garbage collection.",
                "collector",
                ProcessMetrics::collectionSeconds);
        if (knowsResidentBytes()) {
            metrics.gauge(
                    "sluice_process_resident_memory_bytes",
                    "Memory that the process occupies.",
                    ProcessMetrics::residentBytes);
        }
    }

    private static Map<String, Double> collectionSeconds() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .collect(
                        Collectors.toMap(
                                GarbageCollectorMXBean::getName,
                                collector -> collector.getCollectionTime() / MILLIS_PER_SECOND));
    }

    static boolean knowsResidentBytes() {
        return Files.isReadable(STATUS);
    }

    /// Linux' own count, as the JVM knows only its heap.
    static double residentBytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> 1024.0 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static UnixOperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    }
}
