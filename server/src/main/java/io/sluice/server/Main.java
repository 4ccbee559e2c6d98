package io.sluice.server;

import io.sluice.server.command.ClientCommands;
import io.sluice.server.command.CompletionCommand;
import io.sluice.server.command.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The one binary with its subcommands.
///
/// Exit codes: 0 done, 1 failed, 2 asked for something that is not allowed.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    static int run(Terminal terminal, String... arguments) {
        var first = arguments.length == 0 ? "" : arguments[0];
        return commandLine(first, terminal).execute(arguments);
    }

    /// @param first word that was typed: when it names a command of a client, that one is all that is put together, so that nobody waits for
    ///     the broker's classes
    private static CommandLine commandLine(String first, Terminal terminal) {
        var root = CommandSpec.create().name("sluice").version("sluice " + Version.current());
        root.mixinStandardHelpOptions(true);
        ClientCommands.find(first, terminal)
                .ifPresentOrElse(
                        command -> root.addSubcommand(first, command),
                        () -> addAll(root, terminal));
        return new CommandLine(root)
                .setParameterExceptionHandler((mistake, _) -> refuse(terminal, mistake))
                .setExecutionStrategy(Main::orHelp);
    }

    private static void addAll(CommandSpec root, Terminal terminal) {
        root.addSubcommand("serve", ServeCommand.spec());
        root.addSubcommand("settings", SettingsCommand.spec());
        root.addSubcommand("warm-up", WarmUpCommand.spec());
        root.addSubcommand("completion", CompletionCommand.spec(terminal));
        for (var name : ClientCommands.names()) {
            root.addSubcommand(name, ClientCommands.find(name, terminal).orElseThrow());
        }
        Help.dress(root.usageMessage());
    }

    private static int orHelp(CommandLine.ParseResult parsed) {
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        boolean helps = last.isUsageHelpRequested() || last.isVersionHelpRequested();
        if (!helps && last.commandSpec().userObject() == null) {
            last.commandSpec().commandLine().usage(System.err);
            return CommandLine.ExitCode.USAGE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int refuse(Terminal terminal, ParameterException mistake) {
        var name = mistake.getCommandLine().getCommandSpec().qualifiedName();
        terminal.err().println("sluice: " + mistake.getMessage() + " (see " + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }
}
