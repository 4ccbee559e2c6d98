package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `sluice topic`: the logs that messages lie in.
final class TopicCommands {
    private static final String TOPIC = "TOPIC";
    private static final String ITS_NAME = "Its name.";

    private final Terminal terminal;

    private TopicCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandSpec group(Terminal terminal) {
        var topics = new TopicCommands(terminal);
        return Command.group(
                "topic",
                "Topics: list, show, create and delete them; their policies.",
                topics.list(),
                topics.show(),
                topics.create(),
                topics.delete(),
                topics.policy());
    }

    private CommandSpec list() {
        return Command.named(terminal, "list", "Lists all topics.")
                .does(
                        call ->
                                call.showTable(
                                        call.api().get(Paths.TOPICS),
                                        "topics",
                                        "There are no topics.",
                                        Column.text("TOPIC", "name"),
                                        Column.count("PARTITIONS", "partitions"),
                                        new Column("QUEUES", false, (row, _) -> queues(row)),
                                        Column.text("CONFIG", "config")));
    }

    private static String queues(JsonObject topic) {
        return topic.find("queues") instanceof Json.Array(var queues)
                ? queues.stream()
                        .map(queue -> Column.row(queue).text("name").orElse(""))
                        .map(Printable::of)
                        .collect(Collectors.joining(", "))
                : "";
    }

    private CommandSpec show() {
        return Command.named(terminal, "show", "Shows a topic with its settings.")
                .argument(TOPIC, ITS_NAME)
                .does(call -> call.showFacts(call.api().get(Paths.topic(call.argument(0)))));
    }

    private CommandSpec create() {
        return Command.named(terminal, "create", "Makes a topic.")
                .argument(TOPIC, ITS_NAME)
                .number("--partitions", "How many. Default: the broker's")
                .options("--config", "NAME=VALUE", "A setting, by Kafka's name for it. Repeatable.")
                .does(TopicCommands::create);
    }

    private static void create(Invocation call) {
        var topic = JsonObject.object();
        call.number("--partitions").ifPresent(count -> topic.put("partitions", count));
        var config = Assignments.texts(call, call.options("--config"), "--config");
        if (!config.isEmpty()) {
            topic.put("config", config);
        }
        var answer = call.api().send("PUT", Paths.topic(call.argument(0)), topic);
        call.done(answer, "Topic " + call.argument(0) + " is there.");
    }

    private CommandSpec delete() {
        return Command.named(terminal, "delete", "Deletes a topic with all that is in it.")
                .argument(TOPIC, ITS_NAME)
                .does(
                        call ->
                                call.done(
                                        call.api().delete(Paths.topic(call.argument(0))),
                                        "Topic " + call.argument(0) + " is deleted."));
    }

    private CommandSpec policy() {
        return PolicyCommands.ofOne(terminal, TOPIC, "Shows a topic's policy, or changes it.")
                .does(call -> PolicyCommands.showOrChange(call, Paths.topic(call.argument(0))));
    }
}
