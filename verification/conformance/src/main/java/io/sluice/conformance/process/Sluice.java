package io.sluice.conformance.process;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

    /// The distribution in the directory that the system property `sluice.home` names; without one (a run from an IDE)
    /// the classes on this process's class path.
    public static Sluice found() {
        var home = System.getProperty("sluice.home");
        if (home != null && Files.isExecutable(Path.of(home, "bin", "sluice"))) {
            return new Sluice(List.of(Path.of(home, "bin", "sluice").toString()), List.of());
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
                        Integer.toString(ports.admin())));
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
