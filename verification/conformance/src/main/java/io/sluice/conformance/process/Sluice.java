package io.sluice.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sluice, as it is shipped.
///
/// @param launch the command up to `serve`
/// @param options further options of `serve`
public record Sluice(List<String> launch, List<String> options) implements Software {
    private static final String MAIN = "io.sluice.server.Main";

    public Sluice {
        launch = List.copyOf(launch);
        options = List.copyOf(options);
    }

    /// The distribution that the last `mvn package` made, when the system property `sluice.distributions` names where they
    /// are built; without one (a run from an IDE) the classes on this process's class path.
    public static Sluice found() {
        var built = System.getProperty("sluice.distributions");
        if (built != null) {
            var launcher = launcherIn(Path.of(built));
            if (launcher.isPresent()) {
                return new Sluice(List.of(launcher.get().toString()), List.of());
            }
        }
        return new Sluice(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-ea",
                        "-Xmx512m",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN),
                List.of());
    }

    private static Optional<Path> launcherIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (var files = Files.walk(directory, 4)) {
            return files.filter(file -> file.endsWith(Path.of("bin", "sluice"))).findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The same with `more` options of `serve`.
    public Sluice with(String... more) {
        var all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Sluice(launch, all);
    }

    @Override
    public void prepare(Path directory, Ports ports) {}

    @Override
    public List<String> command(Path directory, Ports ports) {
        var command = new ArrayList<>(launch);
        command.addAll(
                List.of(
                        "serve",
                        "--data-dir",
                        dataDirectory(directory).toString(),
                        "--kafka-port",
                        Integer.toString(ports.clients()),
                        "--admin-port",
                        Integer.toString(ports.admin()),
                        "--amqp-port",
                        Integer.toString(ports.amqp()),
                        "--sqs-port",
                        Integer.toString(ports.sqs())));
        command.addAll(options);
        return command;
    }

    @Override
    public boolean isReady(Ports ports) throws Exception {
        var ready = URI.create("http://127.0.0.1:" + ports.admin() + "/health/ready");
        var request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    /// Where the broker of `directory` keeps its files.
    public static Path dataDirectory(Path directory) {
        return directory.resolve("data");
    }
}
