package io.sluice.server.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// `sluice completion`: the script by which a shell completes commands and options.
public final class CompletionCommand {
    private CompletionCommand() {}

    public static CommandSpec spec(Terminal terminal) {
        var command =
                new Callable<Integer>() {
                    private CommandSpec spec = CommandSpec.create();

                    @Override
                    public Integer call() {
                        var root = spec.root().commandLine();
                        terminal.out().print(AutoComplete.bash(root.getCommandName(), root));
                        return CommandLine.ExitCode.OK;
                    }
                };
        var spec = CommandSpec.wrapWithoutInspection(command).mixinStandardHelpOptions(true);
        command.spec = spec;
        spec.usageMessage()
                .description(
                        "Prints a completion script for bash and zsh.",
                        "Use it at once: source <(sluice completion)");
        return spec;
    }
}
