package io.sluice.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A broker in a process of its own that can be killed and started again on the same files and ports.
///
/// Not for several threads: one test (or the torture's own loop) owns it. It never outlives the JVM that started it.
public final class BrokerProcess implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final int TAIL_LINES = 60;

    private final Software software;
    private final Path directory;
    private final Ports ports;
    private final Thread reaper = new Thread(this::kill, "reaper");
    private @Nullable Process process;

    /// A broker that has not been started yet.
    ///
    /// @param directory holds its files and, in `broker.log`, what it prints; created when missing
    public BrokerProcess(Software software, Path directory) {
        this.software = software;
        this.directory = directory;
        this.ports = Ports.free();
        try {
            Files.createDirectories(directory);
            software.prepare(directory, ports);
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException("cannot prepare " + directory, failed);
        }
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /// A broker that answers clients.
    public static BrokerProcess started(Software software, Path directory) {
        var broker = new BrokerProcess(software, directory);
        broker.start();
        return broker;
    }

    /// Starts the process and returns when it answers clients.
    ///
    /// @throws AssertionError with the end of its output if it ends or is not ready in time
    public void start() {
        launch();
        Until.holds("the broker is ready", Until.PATIENCE, this::isReadyOrFails, this::tailOfLog);
    }

    /// Starts the process and returns at once: for killing it while it starts.
    public void launch() {
        if (isRunning()) {
            throw new IllegalStateException("already running");
        }
        try {
            process =
                    new ProcessBuilder(software.command(directory, ports))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                            .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// `kill -9`; returns when the process is gone.
    public void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
            awaitEnd(running);
        }
    }

    /// SIGTERM; returns the exit status when the process is gone.
    ///
    /// @throws AssertionError if it takes longer than 15 s
    public int terminate() {
        var running = process;
        if (running == null) {
            throw new IllegalStateException("never started");
        }
        running.destroy();
        awaitEnd(running);
        return running.exitValue();
    }

    /// [#kill], [#start].
    public void killAndRestart() {
        kill();
        start();
    }

    public boolean isRunning() {
        var running = process;
        return running != null && running.isAlive();
    }

    public String bootstrap() {
        return ports.bootstrap();
    }

    public Ports ports() {
        return ports;
    }

    public long pid() {
        var running = process;
        if (running == null) {
            throw new IllegalStateException("never started");
        }
        return running.pid();
    }

    public Path directory() {
        return directory;
    }

    /// What the process printed, over all its starts.
    public Path log() {
        return directory.resolve("broker.log");
    }

    /// The last lines of [#log].
    public String tailOfLog() {
        try {
            List<String> lines = Files.readAllLines(log());
            var tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return "The broker's last words:\n" + String.join("\n", tail);
        } catch (IOException unreadable) {
            return "The broker's output cannot be read: " + unreadable;
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(reaper);
    }

    private boolean isReadyOrFails() throws Exception {
        if (!isRunning()) {
            throw new AssertionError("The broker ended. " + tailOfLog());
        }
        return software.isReady(ports);
    }

    private void awaitEnd(Process running) {
        try {
            if (!running.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The broker did not end. " + tailOfLog());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
