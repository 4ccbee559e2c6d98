package io.sluice.server.command;

import picocli.CommandLine.Model.CommandSpec;

/// `sluice push`: queues that deliver by HTTP.
final class PushCommands {
    private PushCommands() {}

    static CommandSpec group(Terminal terminal) {
        return Command.group(
                "push",
                "Endpoints that messages are pushed to: see how they do.",
                Command.named(terminal, "list", "Lists all endpoints with their state.")
                        .does(PushCommands::list));
    }

    private static void list(Invocation call) {
        call.showTable(
                call.api().get(Paths.PUSH),
                "endpoints",
                "Nothing is pushed anywhere.",
                Column.text("NAMESPACE", "namespace"),
                Column.text("QUEUE", "queue"),
                Column.text("URL", "url"),
                Column.count("IN FLIGHT", "in_flight"),
                Column.count("LIMIT", "limit"),
                Column.text("ANSWERS", "answers"),
                Column.count("P99 MS", "latency_p99_ms"),
                Column.text("LAST FAILURE", "last_failure.text"),
                Column.text("PROBLEM", "problem"));
    }
}
