package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `sluice serve` as the operator meets it: a process with options, output, exit code and signals.
@Timeout(60)
final class ServeProcessTest {
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir Path directory;

    @Test
    void theBannerSaysWhatHasStartedAndSigtermEndsIt() throws Exception {
        var process = serve();
        try (var out = process.inputReader()) {
            assertThat(untilReady(out))
                    .anySatisfy(line -> assertThat(line).startsWith("Sluice "))
                    .anySatisfy(line -> assertThat(line).matches(" +admin +127\\.0\\.0\\.1:\\d+"))
                    .anySatisfy(line -> assertThat(line).matches(" +data +" + directory))
                    .anySatisfy(line -> assertThat(line).matches(" +durability +sync .*"))
                    .anySatisfy(line -> assertThat(line).matches(" +ready +in \\d+\\.\\d\\d s"));

            process.destroy();

            assertThat(process.waitFor(ServerBench.PATIENCE)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSecondProcessOnTheSameDirectoryIsRefused() throws Exception {
        var first = serve();
        try (var out = first.inputReader()) {
            untilReady(out);

            var second = serve();

            assertThat(second.errorReader().lines())
                    .containsExactly(
                            "sluice: the data directory "
                                    + directory
                                    + " is in use by process "
                                    + first.pid());
            assertThat(second.waitFor()).isEqualTo(1);
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void aWrongSettingStopsTheStartWithOneLine() throws Exception {
        var process = serve("--durability", "perhaps");

        assertThat(process.errorReader().lines())
                .containsExactly("sluice: --durability: \"perhaps\" is not sync or os");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void anUnknownOptionStopsTheStartWithOneLine() throws Exception {
        var process = serve("--durabilty", "os");

        assertThat(process.errorReader().lines())
                .singleElement()
                .asString()
                .startsWith("sluice: Unknown option")
                .endsWith("(see sluice serve --help)");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private Process serve(String... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-ea", "-XX:+UseSerialGC", "-Xmx64m"));
        command.addAll(
                List.of(
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("serve", "--data-dir", directory.toString()));
        command.addAll(
                List.of(
                        "--kafka-port",
                        "0",
                        "--amqp-port",
                        "0",
                        "--sqs-port",
                        "0",
                        "--admin-port",
                        "0"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).start();
    }

    private static List<String> untilReady(BufferedReader out) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.contains("ready")) {
                return lines;
            }
        }
        throw new AssertionError("the process ended before it was ready: " + lines);
    }
}
