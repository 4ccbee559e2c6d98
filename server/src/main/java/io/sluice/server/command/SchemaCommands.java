package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// `sluice schema`: the registry, by the paths that serializers use too.
final class SchemaCommands {
    private static final String SUBJECTS = "/subjects";
    private static final String VERSIONS = "/versions";
    private static final String LATEST = "latest";
    private static final String SUBJECT = "SUBJECT";
    private static final String ITS_NAME = "A topic's is its name and -value.";

    private final Terminal terminal;

    private SchemaCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandSpec group(Terminal terminal) {
        var schemas = new SchemaCommands(terminal);
        return Command.group(
                "schema",
                "Schemas: list, show, register, check and delete them.",
                schemas.list(),
                schemas.show(),
                schemas.register(),
                schemas.check(),
                schemas.delete());
    }

    private CommandSpec list() {
        return Command.named(terminal, "list", "Lists all subjects with their latest versions.")
                .does(call -> call.show(call.api().get(SUBJECTS), answer -> table(call, answer)));
    }

    private static void table(Invocation call, Answer subjects) {
        var latest = new ArrayList<Json>();
        for (var subject : subjects.items("subjects")) {
            latest.add(call.api().get(version(Value.raw(subject), LATEST)).json());
        }
        new Table(
                        Column.text("SUBJECT", "subject"),
                        new Column("TYPE", false, (row, _) -> type(row)),
                        Column.count("VERSION", "version"),
                        Column.count("ID", "id"))
                .fill(latest, call.now())
                .print(call.terminal(), "There are no schemas.");
    }

    /// The registry leaves out Avro.
    private static String type(JsonObject schema) {
        return schema.text("schemaType").orElse("AVRO");
    }

    private static String version(String subject, String version) {
        return SUBJECTS + "/" + Api.encoded(subject) + VERSIONS + "/" + Api.encoded(version);
    }

    private CommandSpec show() {
        return Command.named(terminal, "show", "Shows a schema.")
                .argument(SUBJECT, ITS_NAME)
                .option("--version", "N", "Default: latest")
                .does(
                        call ->
                                call.show(
                                        call.api()
                                                .get(
                                                        version(
                                                                call.argument(0),
                                                                call.option("--version")
                                                                        .orElse(LATEST))),
                                        answer -> whole(call, answer.object())));
    }

    private static void whole(Invocation call, JsonObject schema) {
        var text = schema.text("schema").orElse("");
        call.facts(JsonObject.object().putAll(schema).remove("schema"));
        call.terminal().out().println();
        text.lines().map(Printable::of).forEach(call.terminal().out()::println);
    }

    private CommandSpec register() {
        return Command.named(terminal, "register", "Adds a schema as the subject's next version.")
                .argument(SUBJECT, ITS_NAME)
                .argument("FILE", "With the schema; - for the input.")
                .option("--type", "TYPE", "json, avro or protobuf. Default: by the file's name")
                .does(
                        call ->
                                call.show(
                                        call.api()
                                                .sendSchema(
                                                        "POST",
                                                        SUBJECTS
                                                                + "/"
                                                                + Api.encoded(call.argument(0))
                                                                + VERSIONS,
                                                        schema(call)),
                                        answer -> call.facts(answer.object())));
    }

    private CommandSpec check() {
        return Command.named(
                        terminal, "check", "Says whether a schema may follow the latest version.")
                .argument(SUBJECT, ITS_NAME)
                .argument("FILE", "With the schema; - for the input.")
                .option("--type", "TYPE", "json, avro or protobuf. Default: by the file's name")
                .option("--version", "N", "Compared with. Default: latest")
                .does(SchemaCommands::check);
    }

    private static void check(Invocation call) {
        var path =
                "/compatibility"
                        + version(call.argument(0), call.option("--version").orElse(LATEST))
                        + "?verbose=true";
        var answer = call.api().sendSchema("POST", path, schema(call));
        var told = answer.object();
        boolean compatible = Json.of(true).equals(told.find("is_compatible"));
        call.show(
                answer, _ -> call.terminal().out().println(compatible ? "It may." : "It may not."));
        if (!compatible) {
            var why = Value.at(told, "messages").map(Value::text).filter(text -> !text.isEmpty());
            throw new FailedException(
                    "the schema is not compatible" + why.map(text -> ": " + text).orElse(""));
        }
    }

    private static JsonObject schema(Invocation call) {
        var file = call.argument(1);
        var schema = JsonObject.object().put("schema", text(call, file));
        var type = call.option("--type").orElseGet(() -> typeOf(file)).toUpperCase(Locale.ROOT);
        return type.equals("AVRO") ? schema : schema.put("schemaType", type);
    }

    private static String typeOf(String file) {
        if (file.endsWith(".proto")) {
            return "PROTOBUF";
        }
        return file.endsWith(".avsc") ? "AVRO" : "JSON";
    }

    private static String text(Invocation call, String file) {
        try {
            return file.equals("-")
                    ? new String(new Draft(call).input(), java.nio.charset.StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw new FailedException("cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    private CommandSpec delete() {
        return Command.named(terminal, "delete", "Deletes a subject, or one of its versions.")
                .argument(SUBJECT, ITS_NAME)
                .option("--version", "N", "Only this one.")
                .flag(
                        "--permanent",
                        "For good; what was deleted before can then be deleted so too.")
                .does(SchemaCommands::delete);
    }

    private static void delete(Invocation call) {
        var subject = call.argument(0);
        var path =
                call.option("--version")
                        .map(version -> version(subject, version))
                        .orElse(SUBJECTS + "/" + Api.encoded(subject));
        var answer = call.api().delete(path + (call.flag("--permanent") ? "?permanent=true" : ""));
        call.done(answer, "Deleted: " + subject + ", version " + Value.text(answer.json()) + ".");
    }
}
