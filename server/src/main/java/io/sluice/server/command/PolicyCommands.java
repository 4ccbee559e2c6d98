package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `sluice policy`: what is to happen when things go wrong.
final class PolicyCommands {
    private static final String INDENT = "    ";
    private static final String POLICY = "/policy";
    private static final Optional<String> DEFAULT = Optional.of("default");
    private static final String SETTING = "A policy setting";

    private final Terminal terminal;

    private PolicyCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandSpec group(Terminal terminal) {
        var policies = new PolicyCommands(terminal);
        return Command.group(
                "policy",
                "Policies: what there is to set, what is set, setting it and taking it back.",
                policies.settings(),
                policies.show(),
                policies.set(),
                policies.unset());
    }

    private CommandSpec settings() {
        return Command.named(
                        terminal, "settings", "Lists every setting with its default and meaning.")
                .does(
                        call ->
                                call.show(
                                        call.api().get(Paths.POLICY_SETTINGS),
                                        answer ->
                                                answer.items("settings")
                                                        .forEach(
                                                                setting ->
                                                                        explain(call, setting))));
    }

    private static void explain(Invocation call, Json setting) {
        var row = Column.row(setting);
        var fallback = Value.at(row, "default").map(Value::text).orElse("");
        call.terminal()
                .out()
                .println(
                        call.terminal().in(Colour.BOLD, row.text("name").orElse(""))
                                + "  ("
                                + row.text("range").orElse("")
                                + (fallback.isEmpty() ? ")" : "; default " + fallback + ")"));
        for (var line : Printable.wrapped(row.text("documentation").orElse(""), width(call))) {
            call.terminal().out().println(INDENT + line);
        }
    }

    private static int width(Invocation call) {
        return Math.max(20, call.terminal().isScreen() ? call.terminal().columns() : 100)
                - INDENT.length();
    }

    private CommandSpec show() {
        return Command.named(terminal, "show", "Shows what holds, and where it was set.")
                .maybe("QUEUE", "Its name; or say --topic.")
                .option("--topic", "TOPIC", "Of this topic.")
                .flag("--all", "Also what has its default.")
                .does(call -> show(call, place(call, call.argumentAt(0).stream().toList())));
    }

    private CommandSpec set() {
        return Command.named(terminal, "set", "Sets settings; the others stay as they are.")
                .rest("QUEUE SETTING=VALUE", "The queue (unless --topic), then what to set.", 1)
                .option("--topic", "TOPIC", "Of this topic.")
                .does(
                        call ->
                                patch(
                                        call,
                                        place(call, call.rest()),
                                        Assignments.texts(call, named(call), SETTING)));
    }

    private CommandSpec unset() {
        return Command.named(terminal, "unset", "Takes settings away, so that their defaults hold.")
                .rest("QUEUE SETTING", "The queue (unless --topic), then what to take away.", 1)
                .option("--topic", "TOPIC", "Of this topic.")
                .does(
                        call ->
                                patch(
                                        call,
                                        place(call, call.rest()),
                                        taken(JsonObject.object(), named(call))));
    }

    /// What it is about: the topic that was named, or the first word as a queue.
    private static String place(Invocation call, List<String> words) {
        var topic = call.option("--topic");
        if (topic.isPresent()) {
            return Paths.topic(topic.get());
        }
        if (words.isEmpty() || Assignments.isOne(words.getFirst())) {
            throw call.misused("the name of a queue is missing, or --topic");
        }
        return call.queue(words.getFirst());
    }

    /// The words that name settings.
    private static List<String> named(Invocation call) {
        var words = call.rest();
        var settings = call.option("--topic").isPresent() ? words : words.subList(1, words.size());
        if (settings.isEmpty()) {
            throw call.misused("say which settings");
        }
        return settings;
    }

    private static JsonObject taken(JsonObject change, List<String> settings) {
        settings.forEach(name -> change.put(name, Json.nothing()));
        return change;
    }

    /// `sluice queue policy` and `sluice topic policy`: the same in one command.
    static Command ofOne(Terminal terminal, String label, String says) {
        return Command.named(terminal, "policy", says)
                .argument(label, "Its name.")
                .rest("SETTING=VALUE", "What to set; without any the policy is shown.", 0)
                .options("--unset", "SETTING", "Takes one away. Repeatable.")
                .flag("--all", "Shows also what has its default.");
    }

    static void showOrChange(Invocation call, String place) {
        var change = Assignments.texts(call, call.rest(), SETTING);
        taken(change, call.options("--unset"));
        if (change.isEmpty()) {
            show(call, place);
        } else {
            patch(call, place, change);
        }
    }

    private static void patch(Invocation call, String place, JsonObject change) {
        call.done(call.api().send("PATCH", place + POLICY, change), "Done; it holds from now on.");
    }

    private static void show(Invocation call, String place) {
        call.show(
                call.api().get(place + POLICY),
                answer ->
                        new Table(
                                        Column.text("SETTING", "name"),
                                        Column.text("VALUE", "value"),
                                        Column.text("SOURCE", "source"))
                                .fill(rows(answer.object(), call.flag("--all")), call.now())
                                .print(
                                        call.terminal(),
                                        "Nothing is set: all defaults hold (--all shows them)."));
    }

    private static List<Json> rows(JsonObject answer, boolean all) {
        return answer.child("effective").orElse(answer).fields().entrySet().stream()
                .<Json>map(
                        field ->
                                JsonObject.object()
                                        .put("name", field.getKey())
                                        .putAll(Column.row(field.getValue())))
                .filter(row -> all || !Column.row(row).text("source").equals(DEFAULT))
                .toList();
    }
}
