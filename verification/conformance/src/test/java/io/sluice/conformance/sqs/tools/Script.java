package io.sluice.conformance.sqs.tools;

import io.sluice.conformance.support.Program;
import io.sluice.conformance.support.SqsAddress;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A client's scenarios, in its own language: a program that is given the endpoint and a name of its own.
final class Script {
    /// For a dozen scenarios one after the other, while other tests keep the machine busy.
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private Script() {}

    /// What the script prints.
    ///
    /// @throws AssertionError with all output if it fails, or does not end
    static String run(SqsAddress service, String interpreter, Path script) {
        return Program.run(
                List.of(
                        interpreter,
                        script.toAbsolutePath().toString(),
                        service.endpoint().toString(),
                        service.name("script")),
                "",
                PATIENCE);
    }

    /// Whether `command` can be run and ends well.
    static boolean works(String... command) {
        try {
            return Program.outcome(List.of(command), "").status() == 0;
        } catch (UncheckedIOException missing) {
            return false;
        }
    }
}
