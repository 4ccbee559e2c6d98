package io.sluice.server;

import io.sluice.dialect.amqp.Pressure;
import io.sluice.transport.MemoryBudget;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks twice a second whether there is room for more messages: memory for what is in flight, and disk. Publishers are held back from the high mark on
/// until it is well below.
final class Watermarks implements Pressure, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watermarks.class);
    private static final long INTERVAL_MILLIS = 500;
    private static final double MEMORY_HIGH = 0.8;
    private static final double MEMORY_LOW = 0.6;

    /// So much more than the mark must be free before publishers go on.
    private static final double DISK_AGAIN = 1.1;

    private final MemoryBudget budget;
    private final FileStore disk;
    private final long diskFreeBytesMin;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("watermarks").factory());
    private volatile Optional<String> reason = Optional.empty();

    /// @param directory on the disk in question
    Watermarks(MemoryBudget budget, Path directory, long diskFreeBytesMin) throws IOException {
        this.budget = budget;
        this.disk = Files.getFileStore(directory);
        this.diskFreeBytesMin = diskFreeBytesMin;
        executor.scheduleWithFixedDelay(
                this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<String> reason() {
        return reason;
    }

    @Override
    public Runnable listen(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void look() {
        try {
            become(now());
        } catch (IOException e) {
            log.warn("cannot tell how much room the disk has", e);
        }
    }

    private Optional<String> now() throws IOException {
        boolean held = reason.isPresent();
        if (budget.bytesUsed() > budget.bytesMax() * (held ? MEMORY_LOW : MEMORY_HIGH)) {
            return Optional.of("low on memory");
        }
        double needed = diskFreeBytesMin * (held ? DISK_AGAIN : 1);
        return disk.getUsableSpace() < needed ? Optional.of("low on disk") : Optional.empty();
    }

    private void become(Optional<String> next) {
        var before = reason;
        reason = next;
        if (before.isPresent() == next.isPresent()) {
            return;
        }
        if (next.isPresent()) {
            log.warn("{}: publishers are held back", next.get());
        } else {
            log.info("there is room again: publishers go on");
        }
        listeners.forEach(Runnable::run);
    }
}
