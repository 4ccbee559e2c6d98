package io.sluice.conformance.tools;

import io.sluice.conformance.process.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A program of the system, run to its end.
final class Program {
    private Program() {}

    /// What `command` prints when it is given `input`.
    ///
    /// @throws AssertionError with all output if it fails, or does not end
    static String run(List<String> command, String input) {
        try {
            var output = Files.createTempFile("program", ".out");
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var ended = process.waitFor(Until.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            var text = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(
                        (ended ? "failed: " : "did not end: ") + command + "\n" + text);
            }
            return text;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// Skips the test where `name` is not installed; fails instead where the whole suite has to run.
    ///
    /// @param remedy how to get it
    static void require(String name, String remedy) {
        var found =
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        requireThat(found, name + " is not installed: " + remedy);
    }

    /// Skips the test unless `present`; fails instead where the whole suite has to run (`CI` is set).
    static void requireThat(boolean present, String otherwise) {
        if (!present) {
            if (System.getenv("CI") != null) {
                throw new AssertionError(otherwise);
            }
            throw new TestAbortedException(otherwise);
        }
    }
}
