package io.sluice.server.admin;

import io.sluice.admin.management.Node;
import io.sluice.admin.management.NodeFacts;
import io.sluice.admin.management.NodeFacts.Listening;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// This process and its machine, looked at when somebody asks.
public final class ProcessNode implements Node {
    private final String name;
    private final String version;
    private final String product;
    private final String compatibleVersion;
    private final Path directory;
    private final long diskFreeBytesMin;
    private final Supplier<List<Listening>> listeners;

    /// @param directory where everything durable lies
    /// @param diskFreeBytesMin below which publishers have to wait
    /// @param listeners the ports that are open, asked for each time
    public ProcessNode(
            String name,
            String version,
            String product,
            String compatibleVersion,
            Path directory,
            long diskFreeBytesMin,
            Supplier<List<Listening>> listeners) {
        this.name = name;
        this.version = version;
        this.product = product;
        this.compatibleVersion = compatibleVersion;
        this.directory = directory;
        this.diskFreeBytesMin = diskFreeBytesMin;
        this.listeners = listeners;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public NodeFacts facts() {
        var system = ProcessMetrics.system();
        long diskFreeBytes = diskFreeBytes();
        return new NodeFacts(
                name,
                version,
                product,
                compatibleVersion,
                ManagementFactory.getRuntimeMXBean().getUptime(),
                ProcessHandle.current().pid(),
                Runtime.getRuntime().availableProcessors(),
                memoryBytes(),
                system.getTotalMemorySize(),
                false,
                diskFreeBytes,
                diskFreeBytesMin,
                diskFreeBytes < diskFreeBytesMin,
                system.getOpenFileDescriptorCount(),
                system.getMaxFileDescriptorCount(),
                directory.toAbsolutePath().normalize().toString(),
                listeners.get());
    }

    /// What the process occupies, or where nobody tells that, its heap.
    private static long memoryBytes() {
        return ProcessMetrics.knowsResidentBytes()
                ? (long) ProcessMetrics.residentBytes()
                : Runtime.getRuntime().totalMemory();
    }

    private long diskFreeBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException unknown) {
            return 0;
        }
    }
}
