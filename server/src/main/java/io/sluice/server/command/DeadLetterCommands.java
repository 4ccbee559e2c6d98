package io.sluice.server.command;

import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/// `sluice dlq`: messages that nobody could do anything with, seen without consuming them.
final class DeadLetterCommands {
    static final String DEAD_LETTERS = "/dead-letters";

    private static final String QUEUE = "QUEUE";
    private static final String ITS_NAME = "The queue that the dead letters lie in.";
    private static final String LETTER = "ID";
    private static final String ITS_ID = "The dead letter, as list shows it: partition-offset.";

    private final Terminal terminal;

    private DeadLetterCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandSpec group(Terminal terminal) {
        var letters = new DeadLetterCommands(terminal);
        return Command.group(
                "dlq",
                "Dead letters: look at them, group them, move them back, edit and delete them.",
                letters.list(),
                letters.show(),
                letters.groups(),
                new RedriveCommand(terminal).spec(),
                letters.edit(),
                letters.delete());
    }

    private CommandSpec list() {
        return Filters.options(
                        Command.named(terminal, "list", "Lists dead letters, oldest first.")
                                .argument(QUEUE, ITS_NAME)
                                .number("--limit", "At most so many. Default: 50")
                                .option("--after", LETTER, "Only those behind this one."))
                .does(DeadLetterCommands::list);
    }

    private static void list(Invocation call) {
        var query = new Paths.Query().with("limit", call.number("--limit").orElse(50L));
        call.option("--after").ifPresent(after -> query.with("after", after));
        Filters.into(call, query);
        call.show(
                call.api().get(call.queue(call.argument(0)) + DEAD_LETTERS + query.text()),
                answer -> table(call, answer));
    }

    private static void table(Invocation call, Answer answer) {
        new Table(
                        Column.text("ID", "id"),
                        Column.text("REASON", "reason"),
                        Column.text("CODE", "code"),
                        Column.text("SOURCE", "source.queue"),
                        Column.count("ATTEMPTS", "attempts"),
                        Column.distance("DIED", "last_failure"),
                        Column.bytes("KEY", "key"),
                        Column.bytes("BODY", "body"))
                .fill(answer.items("letters"), call.now())
                .print(call.terminal(), "There are no such dead letters.");
        Value.at(answer.object(), "next")
                .ifPresent(
                        next ->
                                call.terminal()
                                        .err()
                                        .println("There are more: --after " + Value.text(next)));
    }

    private CommandSpec show() {
        return one("show", "Shows a dead letter whole: where it is from, why it died, every try.")
                .does(call -> call.showFacts(call.api().get(letter(call, call.argument(1)))));
    }

    private Command one(String name, String says) {
        return Command.named(terminal, name, says)
                .argument(QUEUE, ITS_NAME)
                .argument(LETTER, ITS_ID);
    }

    private static String letter(Invocation call, String id) {
        return call.queue(call.argument(0)) + DEAD_LETTERS + "/" + Api.encoded(id);
    }

    private CommandSpec groups() {
        return Filters.options(
                        Command.named(
                                        terminal,
                                        "group",
                                        "Counts dead letters by reason, code and source.")
                                .argument(QUEUE, ITS_NAME))
                .does(DeadLetterCommands::groups);
    }

    private static void groups(Invocation call) {
        var query = new Paths.Query();
        Filters.into(call, query);
        call.showTable(
                call.api()
                        .get(
                                call.queue(call.argument(0))
                                        + DEAD_LETTERS
                                        + "/groups"
                                        + query.text()),
                "groups",
                "There are no such dead letters.",
                Column.count("COUNT", "count"),
                Column.text("REASON", "reason"),
                Column.text("CODE", "code"),
                Column.text("SOURCE", "source"),
                Column.distance("FIRST SEEN", "first_seen"),
                Column.distance("LAST SEEN", "last_seen"));
    }

    private CommandSpec edit() {
        return one("edit", "Sends an edited copy of a dead letter; the dead letter stays.")
                .option("--body", "TEXT", "Instead of its body; - takes it from the input.")
                .options(
                        "--header", "NAME=VALUE", "Instead of its header of that name. Repeatable.")
                .option("--key", "KEY", "Instead of its key.")
                .option("--to", QUEUE, "Instead of where it came from.")
                .does(DeadLetterCommands::edit);
    }

    private static void edit(Invocation call) {
        var change = new Draft(call).of(call.option("--body"));
        call.option("--to").ifPresent(queue -> change.put("to", queue));
        var path = letter(call, call.argument(1)) + "/redrive";
        call.done(call.api().send("POST", path, change), "The edited copy is on its way.");
    }

    private CommandSpec delete() {
        return Command.named(terminal, "delete", "Deletes dead letters.")
                .argument(QUEUE, ITS_NAME)
                .rest(LETTER, ITS_ID, 1)
                .does(DeadLetterCommands::delete);
    }

    private static void delete(Invocation call) {
        Consumer<String> delete =
                id ->
                        call.done(
                                call.api().delete(letter(call, id)),
                                "Dead letter " + id + " is deleted.");
        call.rest().forEach(delete);
    }
}
