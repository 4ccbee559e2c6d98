package io.sluice.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/// What `sluice --help` says: the commands by what they are for.
final class Help {
    private static final int NAMES_WIDTH = 14;
    private static final Map<String, List<String>> GROUPS = groups();

    private Help() {}

    private static Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        groups.put("The broker", List.of("serve", "settings", "warm-up"));
        groups.put("What it holds", List.of("topic", "queue", "publish", "peek"));
        groups.put("When things go wrong", List.of("policy", "dlq", "breaker", "push", "schema"));
        groups.put("The shell", List.of("completion"));
        return groups;
    }

    static void dress(UsageMessageSpec usage) {
        usage.description("One message broker, many dialects.")
                .footer(
                        "",
                        "The launcher also knows:",
                        "  test          Installs what the tests need and runs all of them.",
                        "  demo          Tells the story of a flash sale in which everything goes wrong.",
                        "  torture       Kills a broker under load, again and again, and checks it.",
                        "  --heap N      Before a command: the most memory for Java objects, such as 1g.",
                        "",
                        "First use: sluice serve, then: kcat -b 127.0.0.1:9092 -L");
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Help::commands);
    }

    private static String commands(CommandLine.Help help) {
        var text = new StringBuilder();
        GROUPS.forEach(
                (title, names) -> {
                    text.append("\n").append(title).append(":\n");
                    for (var name : names) {
                        var command = help.subcommands().get(name);
                        assert command != null : "a command of the help is there: " + name;
                        text.append("  ")
                                .append(name)
                                .append(" ".repeat(NAMES_WIDTH - name.length()))
                                .append(command.commandSpec().usageMessage().description()[0])
                                .append("\n");
                    }
                });
        return text.toString();
    }
}
