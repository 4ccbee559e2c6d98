package io.sluice.conformance.process;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One node of RabbitMQ, from Debian's package `rabbitmq-server`; no part of CI.
public record RabbitMq() implements Software {
    private static final String SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    @Override
    public void prepare(Path directory, Ports ports) throws IOException {
        Files.writeString(
                directory.resolve("rabbitmq.conf"),
                "listeners.tcp.1 = 127.0.0.1:" + ports.amqp() + "\n");
        Files.writeString(directory.resolve("enabled_plugins"), "[].\n");
    }

    @Override
    public List<String> command(Path directory, Ports ports) {
        var command = new ArrayList<>(List.of("env"));
        settings(directory, ports).forEach((name, value) -> command.add(name + "=" + value));
        command.add(SERVER);
        return command;
    }

    @Override
    public boolean isReady(Ports ports) throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(ports.amqp());
        try (var connection = factory.newConnection()) {
            return connection.isOpen();
        }
    }

    private static Map<String, String> settings(Path directory, Ports ports) {
        return Map.of(
                // What makes its script become the Erlang machine, whose pid is the one to be
                // killed.
                "RUNNING_UNDER_SYSTEMD",
                "true",
                "HOME",
                directory.toString(),
                "RABBITMQ_NODENAME",
                "sluice-" + ports.amqp() + "@localhost",
                "RABBITMQ_DIST_PORT",
                Integer.toString(ports.admin()),
                "RABBITMQ_MNESIA_BASE",
                directory.resolve("mnesia").toString(),
                "RABBITMQ_LOG_BASE",
                directory.resolve("log").toString(),
                "RABBITMQ_CONFIG_FILE",
                directory.resolve("rabbitmq").toString(),
                "RABBITMQ_ENABLED_PLUGINS_FILE",
                directory.resolve("enabled_plugins").toString(),
                "ERL_EPMD_ADDRESS",
                "127.0.0.1");
    }
}
