package io.sluice.server.command;

import io.sluice.admin.json.JsonObject;
import picocli.CommandLine.Model.CommandSpec;

/// `sluice breaker`: what stops a queue's deliveries for a while.
final class BreakerCommands {
    private static final String BREAKER = "/breaker";

    private final Terminal terminal;

    private BreakerCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandSpec group(Terminal terminal) {
        var breakers = new BreakerCommands(terminal);
        return Command.group(
                "breaker",
                "Breakers: see them, stop deliveries by hand, let them go on.",
                breakers.show(),
                breakers.wish("open", "Stops deliveries until somebody closes it."),
                breakers.wish("close", "Lets deliveries go on, with an empty window."));
    }

    private CommandSpec show() {
        return Command.named(
                        terminal, "show", "Shows a queue's breaker: its state, since when, why.")
                .argument("QUEUE", "Its name.")
                .does(
                        call ->
                                call.showFacts(
                                        call.api().get(call.queue(call.argument(0)) + BREAKER)));
    }

    private CommandSpec wish(String wish, String says) {
        return Command.named(terminal, wish, says)
                .argument("QUEUE", "Its name.")
                .does(
                        call ->
                                call.showFacts(
                                        call.api()
                                                .send(
                                                        "POST",
                                                        call.queue(call.argument(0))
                                                                + BREAKER
                                                                + "/"
                                                                + wish,
                                                        JsonObject.object())));
    }
}
