package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/// A started broker: its process, its data, what it has used so far.
public final class RunningPeer implements AutoCloseable {
    private final Peer peer;
    private final Path directory;
    private final int port;
    private Process process;
    private long startedNanos;

    private RunningPeer(Peer peer, Path directory, int port) throws IOException {
        this.peer = peer;
        this.directory = directory;
        this.port = port;
        this.process = spawn();
    }

    /// Prepares a new data directory below `parent` and starts the broker on it.
    public static RunningPeer start(Peer peer, Path parent)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory(parent, "peer");
        peer.prepare(directory);
        return new RunningPeer(peer, directory, freePort());
    }

    private Process spawn() throws IOException {
        startedNanos = System.nanoTime();
        return new ProcessBuilder(peer.command(directory, port))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directory.resolve("peer.log").toFile()))
                .start();
    }

    public String name() {
        return peer.name();
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /// When the process of the latest start was spawned, by `System.nanoTime`.
    public long startedNanos() {
        return startedNanos;
    }

    public ProcessUse use() throws IOException {
        return ProcessUse.of(process.pid());
    }

    /// Ends the process without a warning and starts it again on the same data.
    public void killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
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

    private void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
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

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
