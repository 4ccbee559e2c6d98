package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One Apache Kafka node in KRaft's combined mode with its default settings and the JVM flags of its own start script.
///
/// @param classPath of the peer alone, resolved apart from Sluice's dependencies
/// @param forced true: `log.flush.interval.messages=1`, so that it forces before it acknowledges; false: its default,
///     never
public record KafkaPeer(String classPath, boolean forced) implements Peer {
    @Override
    public String name() {
        return forced ? "Kafka, flush.messages=1" : "Kafka, default (not forced)";
    }

    @Override
    public void prepare(Path directory) throws IOException, InterruptedException {
        int controllerPort;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            controllerPort = socket.getLocalPort();
        }
        Files.writeString(
                directory.resolve("base.properties"), properties(directory, controllerPort));
        Files.writeString(
                directory.resolve("format.properties"),
                properties(directory, controllerPort) + listeners(1, controllerPort));
        var format = java(List.of("-Xmx256m"));
        format.addAll(
                List.of(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        "4L6g3nShT-eMCtK--X86sw",
                        "-c",
                        directory.resolve("format.properties").toString()));
        var process =
                new ProcessBuilder(format)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("format.log").toFile())
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException(
                    "formatting failed: " + Files.readString(directory.resolve("format.log")));
        }
        Files.writeString(directory.resolve("controller.port"), Integer.toString(controllerPort));
    }

    @Override
    public List<String> command(Path directory, Ports ports) throws IOException {
        var controllerPort =
                Integer.parseInt(Files.readString(directory.resolve("controller.port")));
        var file = directory.resolve("server.properties");
        Files.writeString(
                file,
                Files.readString(directory.resolve("base.properties"))
                        + listeners(ports.kafka(), controllerPort));
        var command =
                java(
                        List.of(
                                "-Xmx1G",
                                "-Xms1G",
                                "-server",
                                "-XX:+UseG1GC",
                                "-XX:MaxGCPauseMillis=20",
                                "-XX:InitiatingHeapOccupancyPercent=35",
                                "-XX:+ExplicitGCInvokesConcurrent",
                                "-Djava.awt.headless=true"));
        command.addAll(List.of("kafka.Kafka", file.toString()));
        return command;
    }

    private List<String> java(List<String> flags) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    private static String listeners(int port, int controllerPort) {
        return """
                listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                advertised.listeners=PLAINTEXT://127.0.0.1:%d
                """
                .formatted(port, controllerPort, port);
    }

    /// As in the server.properties that Kafka ships (thread counts and replication of internal topics included), plus the directory.
    private String properties(Path directory, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%s
                num.network.threads=3
                num.io.threads=8
                num.recovery.threads.per.data.dir=2
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                %s
                """
                .formatted(
                        controllerPort,
                        directory.resolve("data"),
                        forced ? "log.flush.interval.messages=1" : "");
    }
}
