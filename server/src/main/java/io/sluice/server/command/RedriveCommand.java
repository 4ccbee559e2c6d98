package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// `sluice dlq redrive`: dead letters go back, all or some, at a bearable rate; what is under way can be watched, paused and cancelled.
final class RedriveCommand {
    private static final String REDRIVES = "/redrives";
    private static final List<String> CHANGES = List.of("pause", "resume", "cancel");

    private final Terminal terminal;

    RedriveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    CommandSpec spec() {
        var command =
                Command.named(terminal, "redrive", "Moves dead letters back to where they died.")
                        .argument("QUEUE", "The queue that the dead letters lie in.")
                        .option("--to", "QUEUE", "To this queue, instead of back.")
                        .number("--per-second", "At most so many a second.")
                        .number("--max", "At most so many in all.")
                        .flag("--dry-run", "Only says how many would be moved.")
                        .flag("--follow", "Waits until it is done, and shows how far it is.")
                        .flag("--list", "Lists the redrives of this queue instead.")
                        .option("--show", "ID", "Shows a redrive instead.")
                        .option("--pause", "ID", "Pauses a redrive instead.")
                        .option("--resume", "ID", "Lets a paused redrive go on instead.")
                        .option(
                                "--cancel",
                                "ID",
                                "Ends a redrive instead; what has moved stays moved.");
        return Filters.options(command).does(RedriveCommand::run);
    }

    private static void run(Invocation call) {
        var instead =
                Stream.concat(CHANGES.stream(), Stream.of("show"))
                        .filter(change -> call.option("--" + change).isPresent())
                        .toList();
        if (instead.size() + (call.flag("--list") ? 1 : 0) > 1) {
            throw call.misused("only one of --list, --show, --pause, --resume and --cancel");
        }
        var redrives = call.queue(call.argument(0)) + REDRIVES;
        if (call.flag("--list")) {
            list(call, call.api().get(redrives));
        } else if (instead.isEmpty()) {
            begin(call, redrives);
        } else {
            look(call, redrives, instead.getFirst());
        }
    }

    private static void list(Invocation call, Answer answer) {
        call.showTable(
                answer,
                "redrives",
                "There are no redrives.",
                Column.text("ID", "id"),
                Column.text("STATE", "state"),
                Column.count("MOVED", "moved"),
                Column.count("SKIPPED", "skipped"),
                Column.count("FAILED", "failed"),
                Column.count("OF", "messages"),
                Column.text("TO", "to"),
                Column.count("PER SECOND", "per_second"),
                Column.distance("STARTED", "started"),
                Column.text("FILTER", "filter"));
    }

    /// A redrive that is there already: changed if that is wished, and shown.
    private static void look(Invocation call, String redrives, String wish) {
        var id = call.option("--" + wish).orElseThrow();
        var one = redrives + "/" + Api.encoded(id);
        var answer =
                CHANGES.contains(wish)
                        ? call.api().send("POST", one + "/" + wish, JsonObject.object())
                        : call.api().get(one);
        if (call.flag("--follow")) {
            new Following(call, one).untilItEnds();
        } else if (answer.text().isBlank()) {
            call.showFacts(call.api().get(one));
        } else {
            call.showFacts(answer);
        }
    }

    private static void begin(Invocation call, String redrives) {
        boolean dry = call.flag("--dry-run");
        var answer = call.api().send("POST", redrives, order(call, dry));
        if (dry) {
            call.show(answer, told -> wouldMove(call, told.object()));
            return;
        }
        var id = Value.at(answer.object(), "id").map(Value::raw);
        if (id.isPresent() && call.flag("--follow")) {
            new Following(call, redrives + "/" + Api.encoded(id.get())).untilItEnds();
            return;
        }
        call.show(
                answer,
                told ->
                        call.terminal()
                                .out()
                                .println(
                                        "Redrive "
                                                + id.orElse("")
                                                + " has begun (--show, --follow)."));
    }

    private static JsonObject order(Invocation call, boolean dry) {
        var order = JsonObject.object();
        call.option("--to").ifPresent(queue -> order.put("to", queue));
        var filter = Filters.filter(call);
        if (!filter.isEmpty()) {
            order.put("filter", filter);
        }
        call.number("--per-second").ifPresent(rate -> order.put("per_second", rate));
        call.number("--max").ifPresent(max -> order.put("max", max));
        if (dry) {
            order.put("dry_run", true);
        }
        return order;
    }

    private static void wouldMove(Invocation call, JsonObject told) {
        Optional<Json> messages = Value.at(told, "messages");
        call.terminal()
                .out()
                .println(messages.map(Value::count).orElse("0") + " dead letters would be moved.");
    }
}
