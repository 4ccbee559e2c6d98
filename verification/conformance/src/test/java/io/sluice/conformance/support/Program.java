package io.sluice.conformance.support;

import io.sluice.conformance.process.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A program of the system, run to its end.
public final class Program {
    private Program() {}

    /// What a program printed, on both of its streams, and the status it ended with.
    public record Outcome(int status, String output) {}

    /// What `command` prints when it is given `input`.
    ///
    /// @throws AssertionError with all output if it fails, or does not end
    public static String run(List<String> command, String input) {
        return run(command, input, Until.PATIENCE);
    }

    /// The same for a program that may take as long as `patience`.
    public static String run(List<String> command, String input, Duration patience) {
        var outcome = outcome(command, input, patience);
        if (outcome.status() != 0) {
            throw new AssertionError("failed: " + command + "\n" + outcome.output());
        }
        return outcome.output();
    }

    /// How `command` ends when it is given `input`.
    ///
    /// @throws AssertionError with all output if it does not end
    public static Outcome outcome(List<String> command, String input) {
        return outcome(command, input, Until.PATIENCE);
    }

    private static Outcome outcome(List<String> command, String input, Duration patience) {
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
            var ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            var text = Files.readString(output);
            Files.delete(output);
            if (!ended) {
                throw new AssertionError("did not end: " + command + "\n" + text);
            }
            return new Outcome(process.exitValue(), text);
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
    public static void require(String name, String remedy) {
        var found =
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        requireThat(found, name + " is not installed: " + remedy);
    }

    /// Skips the test unless `present`; fails instead where the whole suite has to run (`CI` is set).
    public static void requireThat(boolean present, String otherwise) {
        if (!present) {
            if (System.getenv("CI") != null) {
                throw new AssertionError(otherwise);
            }
            throw new TestAbortedException(otherwise);
        }
    }
}
