package io.sluice.server.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// The table of commands that ask a running broker. Each is put together only when it is needed.
public final class ClientCommands {
    private static final Map<String, Function<Terminal, CommandSpec>> TABLE = table();

    private ClientCommands() {}

    private static Map<String, Function<Terminal, CommandSpec>> table() {
        var table = new LinkedHashMap<String, Function<Terminal, CommandSpec>>();
        table.put("topic", TopicCommands::group);
        table.put("queue", QueueCommands::group);
        table.put("publish", MessageCommands::publish);
        table.put("peek", MessageCommands::peek);
        table.put("policy", PolicyCommands::group);
        table.put("dlq", DeadLetterCommands::group);
        table.put("breaker", BreakerCommands::group);
        table.put("schema", SchemaCommands::group);
        table.put("push", PushCommands::group);
        return table;
    }

    /// In the order of the help.
    public static Set<String> names() {
        return TABLE.keySet();
    }

    /// @return empty: there is no such command
    public static Optional<CommandSpec> find(@Nullable String name, Terminal terminal) {
        return Optional.ofNullable(TABLE.get(name)).map(command -> command.apply(terminal));
    }
}
