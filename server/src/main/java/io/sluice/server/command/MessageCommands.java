package io.sluice.server.command;

import picocli.CommandLine.Model.CommandSpec;

/// `sluice peek` and `sluice publish`.
final class MessageCommands {
    private static final String MESSAGES = "/messages";

    private MessageCommands() {}

    static CommandSpec peek(Terminal terminal) {
        return Command.named(
                        terminal, "peek", "Shows the messages of a queue and leaves them there.")
                .argument("QUEUE", "Its name.")
                .number("--limit", "At most so many. Default: 20")
                .does(MessageCommands::peek);
    }

    private static void peek(Invocation call) {
        var query = new Paths.Query().with("limit", call.number("--limit").orElse(20L));
        call.showTable(
                call.api().get(call.queue(call.argument(0)) + MESSAGES + query.text()),
                "messages",
                "There are no messages.",
                Column.count("PARTITION", "partition"),
                Column.count("OFFSET", "offset"),
                Column.text("STATE", "state"),
                Column.count("TAKEN", "receive_count"),
                Column.distance("PUBLISHED", "timestamp"),
                Column.distance("UNTIL", "until"),
                Column.bytes("KEY", "key"),
                Column.bytes("BODY", "body"));
    }

    static CommandSpec publish(Terminal terminal) {
        return Command.named(terminal, "publish", "Publishes a message to a queue's topic.")
                .argument("QUEUE", "Its name.")
                .maybe("BODY", "Default: all of the input")
                .option("--key", "KEY", "Its key.")
                .options("--header", "NAME=VALUE", "One of its headers. Repeatable.")
                .number("--count", "So many times. Default: 1")
                .flag("--lines", "Each line of the input is a message.")
                .does(call -> new Publishing(call, call.queue(call.argument(0)) + MESSAGES).run());
    }
}
