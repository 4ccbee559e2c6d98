package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// ElasticMQ's server with its default settings: everything in memory, nothing on disk.
///
/// @param classPath of the peer alone, resolved apart from Sluice's dependencies
public record ElasticMqPeer(String classPath) implements Peer {
    @Override
    public String name() {
        return "ElasticMQ (in memory)";
    }

    @Override
    public void prepare(Path directory) {}

    @Override
    public List<String> command(Path directory, Ports ports) throws IOException {
        var file = directory.resolve("elasticmq.conf");
        Files.writeString(file, settings(ports));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1G",
                "-Dconfig.file=" + file,
                "-cp",
                classPath,
                "org.elasticmq.server.Main");
    }

    /// Where it listens; what it would open besides for people to look at is left out.
    private static String settings(Ports ports) {
        return """
                include classpath("application.conf")
                node-address { protocol = http, host = "127.0.0.1", port = %d, context-path = "" }
                rest-sqs { enabled = true, bind-port = %d, bind-hostname = "127.0.0.1", sqs-limits = strict }
                rest-stats { enabled = false }
                """
                .formatted(ports.sqs(), ports.sqs());
    }
}
