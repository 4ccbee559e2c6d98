package io.sluice.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.server.command.Terminal;
import io.sluice.server.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/// `sluice warm-up`: a short life of a broker that nobody uses, or of the commands that talk to one, so that the JVM can note what it loads and keep that in a
/// cache for the real starts. The launcher asks for each, and says where.
final class WarmUpCommand {
    /// What is noted.
    enum Life {
        BROKER,
        COMMANDS;

        static Life of(String text) {
            return switch (text) {
                case "broker" -> BROKER;
                case "commands" -> COMMANDS;
                default ->
                        throw new TypeConversionException(
                                "\"" + text + "\" is neither broker nor commands");
            };
        }
    }

    private WarmUpCommand() {}

    static CommandSpec spec() {
        var life =
                PositionalParamSpec.builder()
                        .index("0")
                        .type(Life.class)
                        .paramLabel("<life>")
                        .description("broker or commands; without it both caches are made.")
                        .required(true)
                        .converters(Life::of)
                        .build();
        Callable<Integer> command = () -> run(life.getValue());
        var spec = CommandSpec.wrapWithoutInspection(command);
        spec.mixinStandardHelpOptions(true);
        spec.addPositional(life);
        spec.usageMessage()
                .description(
                        "Makes the caches that later starts are faster with; needs no data directory.");
        return spec;
    }

    private static int run(Life life) throws IOException {
        var directory = Files.createTempDirectory("sluice-warm-up");
        try (var server = Server.start(Settings.of(settings(directory)))) {
            askSqs(server, "CreateQueue", "{\"QueueName\":\"q\"}");
            switch (life) {
                case BROKER -> live(server);
                case COMMANDS -> command(server);
            }
            return CommandLine.ExitCode.OK;
        } finally {
            delete(directory);
        }
    }

    private static void live(Server server) throws IOException {
        for (var path : new String[] {"/health/ready", "/metrics"}) {
            ask(server, "admin", path);
        }
        askSqs(server, "SendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":\"x\"}");
        askSqs(server, "ReceiveMessage", "{\"QueueUrl\":\"q\"}");
        ask(server, "sqs", "/q?Action=DeleteQueue");
    }

    private static void command(Server server) throws IOException {
        type(server, "queue", "list");
        type(server, "peek", "q");
        type(server, "publish", "q", "x");
        type(server, "policy", "settings");
    }

    private static void ask(Server server, String listener, String path) throws IOException {
        try (var answer = url(server, listener, path).openStream()) {
            answer.readAllBytes();
        }
    }

    private static void askSqs(Server server, String action, String body) throws IOException {
        var connection = (HttpURLConnection) url(server, "sqs", "/").openConnection();
        connection.setRequestProperty("content-type", "application/x-amz-json-1.0");
        connection.setRequestProperty("x-amz-target", "AmazonSQS." + action);
        connection.setDoOutput(true);
        try (var request = connection.getOutputStream()) {
            request.write(body.getBytes(UTF_8));
        }
        try (var answer = connection.getInputStream()) {
            answer.readAllBytes();
        }
    }

    /// As a person does at another shell.
    private static void type(Server server, String... words) throws IOException {
        var command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--url", url(server, "admin", "").toString()));
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
                var nothing = InputStream.nullInputStream()) {
            var terminal = new Terminal(nowhere, nowhere, nothing, Map.of(), 80);
            Main.run(terminal, command.toArray(String[]::new));
        }
    }

    private static URL url(Server server, String listener, String path) throws IOException {
        var address = server.listeners().get(listener);
        assert address != null : listener + " listens";
        return URI.create("http://" + Addresses.text(address) + path).toURL();
    }

    private static Map<String, String> settings(Path directory) {
        var settings = new HashMap<>(Map.of("data-dir", directory.toString()));
        for (var port : new String[] {"kafka-port", "amqp-port", "sqs-port", "admin-port"}) {
            settings.put(port, "0");
        }
        return settings;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
