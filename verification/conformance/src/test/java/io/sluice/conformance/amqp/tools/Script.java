package io.sluice.conformance.amqp.tools;

import io.sluice.conformance.support.AmqpAddress;
import io.sluice.conformance.support.Program;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A client's scenarios, in its own language: a program that is given host, port and a name of its own.
final class Script {
    private static final Path RESOURCES = Path.of("src/test/resources/amqp").toAbsolutePath();

    /// For a dozen scenarios one after the other, while other tests keep the machine busy.
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private Script() {}

    /// What `script` (a path below the tests' resources) prints.
    ///
    /// @param interpreter the command before the script's own path
    /// @throws AssertionError with all output if it fails, or does not end
    static String run(AmqpAddress broker, List<String> interpreter, String script) {
        return run(broker, interpreter, RESOURCES.resolve(script));
    }

    static String run(AmqpAddress broker, List<String> interpreter, Path script) {
        var command = new ArrayList<>(interpreter);
        var folder = script.getParent();
        assert folder != null : "a script lies in a folder named after its client";
        var name = folder.getFileName().toString();
        command.addAll(
                List.of(
                        script.toString(),
                        broker.host(),
                        Integer.toString(broker.port()),
                        broker.name(name)));
        return Program.run(command, "", PATIENCE);
    }

    /// A Python that knows `module`: the first one of the path may be another than the one that Debian's packages are for.
    static Optional<String> python(String module) {
        return Stream.of("python3", "/usr/bin/python3")
                .filter(one -> works(List.of(one, "-c", "import " + module)))
                .findFirst();
    }

    /// Whether `command` can be run and ends well.
    static boolean works(List<String> command) {
        try {
            return Program.outcome(command, "").status() == 0;
        } catch (UncheckedIOException missing) {
            return false;
        }
    }
}
