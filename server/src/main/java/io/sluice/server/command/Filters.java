package io.sluice.server.command;

import io.sluice.admin.json.JsonObject;
import java.util.Map;

/// Which dead letters are meant: the same options for looking at them and for moving them.
final class Filters {
    private static final Map<String, String> TEXTS =
            Map.of(
                    "--reason", "reason",
                    "--code", "code",
                    "--source", "source",
                    "--key", "key",
                    "--text", "text");
    private static final Map<String, String> TIMES = Map.of("--since", "from", "--until", "to");

    private Filters() {}

    static Command options(Command command) {
        return command.option(
                        "--reason",
                        "WORD",
                        "Only those: delivery_limit (attempts spent), rejected, expired, maxlen, schema, stale_version.")
                .option("--code", "CODE", "Only those with this error code.")
                .option("--source", "QUEUE", "Only those out of this queue.")
                .option(
                        "--since",
                        "TIME",
                        "Only later ones: 2026-11-28T10:00:00Z, or 15m, 2h, 3d ago.")
                .option("--until", "TIME", "Only earlier ones.")
                .option("--key", "KEY", "Only those with this key.")
                .option("--header", "NAME:VALUE", "Only those with this header.")
                .option("--text", "TEXT", "Only those with this text in their body.");
    }

    static void into(Invocation call, Paths.Query query) {
        filter(call).fields().forEach((name, value) -> query.with(name, Value.raw(value)));
    }

    static JsonObject filter(Invocation call) {
        var filter = JsonObject.object();
        TEXTS.forEach(
                (option, name) -> call.option(option).ifPresent(value -> filter.put(name, value)));
        TIMES.forEach(
                (option, name) ->
                        call.option(option)
                                .ifPresent(value -> filter.put(name, time(call, option, value))));
        call.option("--header")
                .ifPresent(
                        header -> {
                            if (header.indexOf(':') <= 0) {
                                throw call.misused(
                                        "--header looks like name:value, which \""
                                                + header
                                                + "\" does not");
                            }
                            filter.put("header", header);
                        });
        return filter;
    }

    private static String time(Invocation call, String option, String typed) {
        return Moment.of(typed, call.now())
                .orElseThrow(
                        () ->
                                call.misused(
                                        option
                                                + ": \""
                                                + typed
                                                + "\" is neither like 2026-11-28T10:00:00Z nor like 15m, 2h, 3d"))
                .toString();
    }
}
