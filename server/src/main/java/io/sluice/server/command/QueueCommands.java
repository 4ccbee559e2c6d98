package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `sluice queue`: what consumers share the messages of a topic by.
final class QueueCommands {
    private static final String QUEUE = "QUEUE";
    private static final String ITS_NAME = "Its name.";

    private final Terminal terminal;

    private QueueCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandSpec group(Terminal terminal) {
        var queues = new QueueCommands(terminal);
        return Command.group(
                "queue",
                "Queues: list, show, create, empty and delete them; their policies.",
                queues.list(),
                queues.show(),
                queues.create(),
                queues.delete(),
                queues.policy(),
                queues.purge());
    }

    private CommandSpec list() {
        return Command.named(
                        terminal, "list", "Lists queues: all of them, or those of --namespace.")
                .does(QueueCommands::list);
    }

    private static void list(Invocation call) {
        var query = new Paths.Query();
        call.option("--namespace").ifPresent(name -> query.with("namespace", name));
        call.showTable(
                call.api().get(Paths.QUEUES + query.text()),
                "queues",
                "There are no queues.",
                Column.text("NAMESPACE", "namespace"),
                Column.text("QUEUE", "name"),
                Column.count("READY", "ready"),
                Column.count("LEASED", "leased"),
                Column.count("WAITING", "waiting"),
                Column.distance("OLDEST", "oldest_ready"),
                Column.distance("NEXT DUE", "next_due"),
                Column.count("FAILURES", "failures"),
                Column.text("BREAKER", "breaker.state"));
    }

    private CommandSpec show() {
        return Command.named(
                        terminal,
                        "show",
                        "Shows a queue: what it holds, what has failed, its breaker and policy.")
                .argument(QUEUE, ITS_NAME)
                .does(QueueCommands::show);
    }

    private static void show(Invocation call) {
        call.show(
                call.api().get(call.queue(call.argument(0))),
                answer -> {
                    var queue = answer.object();
                    if (queue.find("waits") instanceof Json.Array(var waits)) {
                        queue.put("waits", waits.stream().filter(QueueCommands::isAny).toList());
                    }
                    call.facts(queue);
                });
    }

    /// Whether any message waits so long.
    private static boolean isAny(Json waits) {
        return !Json.of(0).equals(Column.row(waits).find("messages"));
    }

    private CommandSpec create() {
        return Command.named(terminal, "create", "Makes a queue.")
                .argument(QUEUE, ITS_NAME)
                .option("--topic", "TOPIC", "Whose messages it gets. Default: a topic of its own")
                .number("--partitions", "Of the topic of its own.")
                .options("--argument", "NAME=VALUE", "As AMQP's x-arguments. Repeatable.")
                .options("--policy", "SETTING=VALUE", "See: sluice policy settings. Repeatable.")
                .does(QueueCommands::create);
    }

    private static void create(Invocation call) {
        var queue = JsonObject.object();
        call.option("--topic").ifPresent(topic -> queue.put("topic", topic));
        call.number("--partitions").ifPresent(count -> queue.put("partitions", count));
        var arguments = Assignments.typed(call, call.options("--argument"), "--argument");
        if (!arguments.isEmpty()) {
            queue.put("arguments", arguments);
        }
        var policy = Assignments.texts(call, call.options("--policy"), "--policy");
        if (!policy.isEmpty()) {
            queue.put("policy", policy);
        }
        var answer = call.api().send("PUT", call.queue(call.argument(0)), queue);
        call.done(answer, "Queue " + call.argument(0) + " is there.");
    }

    private CommandSpec delete() {
        return Command.named(
                        terminal, "delete", "Deletes a queue; its topic too, if it is its own.")
                .argument(QUEUE, ITS_NAME)
                .flag("--if-unused", "Only when nobody consumes from it.")
                .flag("--if-empty", "Only when nothing is ready in it.")
                .does(QueueCommands::delete);
    }

    private static void delete(Invocation call) {
        var query = new Paths.Query();
        for (var condition : List.of("if-unused", "if-empty")) {
            if (call.flag("--" + condition)) {
                query.with(condition.replace('-', '_'), true);
            }
        }
        call.done(
                call.api().delete(call.queue(call.argument(0)) + query.text()),
                "Queue " + call.argument(0) + " is deleted.");
    }

    private CommandSpec policy() {
        return PolicyCommands.ofOne(terminal, QUEUE, "Shows a queue's policy, or changes it.")
                .does(call -> PolicyCommands.showOrChange(call, call.queue(call.argument(0))));
    }

    private CommandSpec purge() {
        return Command.named(terminal, "purge", "Throws away all messages that are ready.")
                .argument(QUEUE, ITS_NAME)
                .does(QueueCommands::purge);
    }

    private static void purge(Invocation call) {
        var path = Paths.MANAGED_QUEUES + call.place(call.argument(0)) + "/contents";
        call.done(call.api().delete(path), "Queue " + call.argument(0) + " is empty.");
    }
}
