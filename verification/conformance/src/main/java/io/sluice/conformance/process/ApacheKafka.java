package io.sluice.conformance.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/// One node of Apache Kafka, broker and controller in one, from the jars of the test's own class path.
public record ApacheKafka() implements Software {
    @Override
    public void prepare(Path directory, Ports ports) throws IOException, InterruptedException {
        var settings = new Properties();
        settings.putAll(settings(directory, ports));
        try (var file = Files.newBufferedWriter(settingsFile(directory))) {
            settings.store(file, null);
        }
        var format = new ArrayList<>(java());
        format.addAll(
                List.of(
                        "kafka.tools.StorageTool",
                        "format",
                        "--cluster-id",
                        Uuid.randomUuid().toString(),
                        "--config",
                        settingsFile(directory).toString()));
        var log = directory.resolve("format.log").toFile();
        var exit =
                new ProcessBuilder(format)
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start()
                        .waitFor();
        if (exit != 0) {
            throw new IOException("Kafka's StorageTool failed:\n" + Files.readString(log.toPath()));
        }
    }

    @Override
    public List<String> command(Path directory, Ports ports) {
        var command = new ArrayList<>(java());
        command.addAll(List.of("kafka.Kafka", settingsFile(directory).toString()));
        return command;
    }

    @Override
    public boolean isReady(Ports ports) throws Exception {
        try (var admin =
                Admin.create(
                        Map.of(
                                "bootstrap.servers",
                                ports.bootstrap(),
                                "default.api.timeout.ms",
                                "2000",
                                "request.timeout.ms",
                                "1000"))) {
            return !admin.describeCluster().nodes().get().isEmpty();
        }
    }

    private static Map<String, String> settings(Path directory, Ports ports) {
        var settings = new java.util.HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + ports.admin());
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:"
                        + ports.clients()
                        + ",CONTROLLER://127.0.0.1:"
                        + ports.admin());
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", directory.resolve("logs").toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "5");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // Retention and compaction within a test's patience.
        settings.put("log.retention.check.interval.ms", "500");
        settings.put("log.initial.task.delay.ms", "100");
        settings.put("log.cleaner.backoff.ms", "200");
        settings.put("log.segment.delete.delay.ms", "100");
        return settings;
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"));
    }

    private static Path settingsFile(Path directory) {
        return directory.resolve("server.properties");
    }
}
