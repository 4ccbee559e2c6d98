package io.sluice.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Sluice;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.ManagementAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the launcher that is shipped, told by its environment where the broker is.
final class Shell {
    private final String url;

    Shell(ManagementAddress broker) {
        this("http://" + broker.host() + ":" + broker.port());
    }

    Shell(String url) {
        this.url = url;
    }

    /// How a command ended.
    record Outcome(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /// What a command prints that has to end well.
    String run(String... words) {
        var outcome = type("", words);
        assertThat(outcome.status())
                .as(() -> String.join(" ", words) + ": " + outcome.err())
                .isZero();
        return outcome.out();
    }

    /// How a command ends that is given `input`.
    Outcome type(String input, String... words) {
        var command = new ArrayList<>(Sluice.found().launch());
        command.addAll(List.of(words));
        try {
            var out = Files.createTempFile("command", ".out");
            var err = Files.createTempFile("command", ".err");
            var builder =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().put("SLUICE_URL", url);
            var process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            boolean ended = process.waitFor(Until.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            var outcome = new Outcome(process.waitFor(), taken(out), taken(err));
            assertThat(ended).as(() -> command + " ended: " + outcome).isTrue();
            return outcome;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static String taken(Path file) throws IOException {
        var text = Files.readString(file);
        Files.delete(file);
        return text;
    }
}
