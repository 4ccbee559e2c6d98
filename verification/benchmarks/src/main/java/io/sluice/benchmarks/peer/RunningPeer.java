package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A started broker: its process with the children of it, its data, what it has used so far.
public final class RunningPeer implements AutoCloseable {
    private static final int LAST_LINES = 60;

    private final Peer peer;
    private final Path directory;
    private final Ports ports;
    private Process process;
    private long startedNanos;

    private RunningPeer(Peer peer, Path directory, Ports ports) throws IOException {
        this.peer = peer;
        this.directory = directory;
        this.ports = ports;
        this.process = spawn();
    }

    /// Prepares a new data directory below `parent` and starts the broker on it.
    public static RunningPeer start(Peer peer, Path parent)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory(parent, "peer");
        peer.prepare(directory);
        return new RunningPeer(peer, directory, Ports.choose());
    }

    private Process spawn() throws IOException {
        startedNanos = System.nanoTime();
        return new ProcessBuilder(peer.command(directory, ports))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directory.resolve("peer.log").toFile()))
                .start();
    }

    /// Where Kafka clients connect.
    public String bootstrap() {
        return "127.0.0.1:" + ports.kafka();
    }

    /// Where AMQP clients connect, on 127.0.0.1.
    public int amqpPort() {
        return ports.amqp();
    }

    /// What a queue is declared with here.
    public Map<String, Object> queueArguments() {
        return peer.queueArguments();
    }

    /// When the process of the latest start was spawned, by `System.nanoTime`.
    public long startedNanos() {
        return startedNanos;
    }

    public ProcessUse use() throws IOException {
        return ProcessUse.of(process.toHandle());
    }

    /// The end of what it has printed, to be looked at when something went wrong.
    public String lastWords() throws IOException {
        var lines = Files.readAllLines(directory.resolve("peer.log"));
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /// Ends the process without a warning and starts it again on the same data.
    public void killAndRestart() throws IOException, InterruptedException {
        var children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
        settleDisk();
        process = spawn();
    }

    /// Stops the broker as an operator would and starts it again on the same data.
    public void restart() throws IOException, InterruptedException {
        stop();
        settleDisk();
        process = spawn();
    }

    /// Writes back what the page cache holds, so that nobody measures the leftovers of somebody else.
    public static void settleDisk() throws IOException, InterruptedException {
        new ProcessBuilder("sync").start().waitFor();
    }

    /// Stops the process, then those children that outlived it, such as a name server of its own.
    private void stop() throws InterruptedException {
        var children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        children.forEach(ProcessHandle::destroy);
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
            settleDisk();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(directory)) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
