package io.sluice.server;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The one binary with its subcommands.
///
/// Exit codes: 0 done, 1 failed, 2 asked for something that is not allowed.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var root = CommandSpec.create().name("sluice").version("sluice " + Version.current());
        root.mixinStandardHelpOptions(true);
        root.usageMessage()
                .description("One message broker, many dialects.")
                .footer(
                        "",
                        "The launcher also knows:",
                        "  test       Installs what the tests need and runs all of them.",
                        "  demo       Tells the story of a flash sale in which everything goes wrong.",
                        "  torture    Kills a broker under load, again and again, and checks it.",
                        "  --heap N   Before a command: the most memory for Java objects, such as 1g.",
                        "",
                        "First use: sluice serve, then: kcat -b 127.0.0.1:9092 -L");
        root.addSubcommand("serve", ServeCommand.spec());
        root.addSubcommand("settings", SettingsCommand.spec());
        root.addSubcommand("warm-up", WarmUpCommand.spec());
        return new CommandLine(root)
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionStrategy(Main::orHelp);
    }

    private static int orHelp(CommandLine.ParseResult parsed) {
        if (!parsed.hasSubcommand()
                && !parsed.isUsageHelpRequested()
                && !parsed.isVersionHelpRequested()) {
            parsed.commandSpec().commandLine().usage(System.out);
            return CommandLine.ExitCode.USAGE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int refuse(ParameterException mistake, String[] arguments) {
        var name = mistake.getCommandLine().getCommandSpec().qualifiedName();
        System.err.println("sluice: " + mistake.getMessage() + " (see " + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }
}
