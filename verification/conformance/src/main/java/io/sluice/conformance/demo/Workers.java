package io.sluice.conformance.demo;

import io.sluice.conformance.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The worker processes. Not for several threads.
final class Workers implements AutoCloseable {
    private final Ports ports;
    private final String queue;
    private final String gateway;
    private final Path directory;
    private final List<Process> running = new ArrayList<>();

    Workers(Ports ports, String queue, String gateway, Path directory) {
        this.ports = ports;
        this.queue = queue;
        this.gateway = gateway;
        this.directory = directory;
    }

    void start(String protocol) {
        int port = protocol.equals("amqp") ? ports.amqp() : ports.sqs();
        var log = directory.resolve("worker-" + protocol + "-" + running.size() + ".log");
        try {
            running.add(
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx128m",
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-Dlogback.configurationFile=conformance-logback.xml",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "io.sluice.conformance.demo.worker.Main",
                                    protocol,
                                    Integer.toString(port),
                                    queue,
                                    gateway)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int alive() {
        return (int) running.stream().filter(Process::isAlive).count();
    }

    /// `kill -9` for the first one.
    void killOne() {
        running.getFirst().destroyForcibly();
    }

    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
    }
}
