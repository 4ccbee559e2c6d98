package io.sluice.conformance.management;

import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// RabbitMQ's own command line tool, pointed at a broker.
final class Rabbitmqadmin {
    private static final String NAME = "rabbitmqadmin";

    private final String program;
    private final ManagementAddress broker;

    Rabbitmqadmin(ManagementAddress broker) {
        this.program = found().orElseThrow().toString();
        this.broker = broker;
    }

    static void require() {
        Program.requireThat(found().isPresent(), NAME + " is not there: ./sluice test as root");
    }

    /// What it prints.
    ///
    /// @throws AssertionError when it fails
    String run(String... arguments) {
        return Program.run(command(arguments), "");
    }

    String runWith(String input, String... arguments) {
        return Program.run(command(arguments), input);
    }

    /// What it prints when it fails.
    ///
    /// @throws AssertionError when it does not
    String fail(String... arguments) {
        var outcome = Program.outcome(command(arguments), "");
        if (outcome.status() == 0) {
            throw new AssertionError("did not fail: " + List.of(arguments) + outcome.output());
        }
        return outcome.output();
    }

    /// Rows of a listing, their columns separated by a tab.
    List<String> rows(String... arguments) {
        var all = new ArrayList<>(List.of("-f", "tsv"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new)).lines().skip(1).toList();
    }

    private List<String> command(String... arguments) {
        var command =
                new ArrayList<>(
                        List.of(
                                program,
                                "-H",
                                broker.host(),
                                "-P",
                                Integer.toString(broker.port())));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Optional<Path> found() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")),
                        Stream.of(System.getProperty("sluice.tools", ".sluice/tools")))
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
