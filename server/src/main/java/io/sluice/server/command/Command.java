package io.sluice.server.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// One command while it is put together: what may be typed behind it, and what it does.
///
/// Without annotations, so that nothing is looked up by reflection while a person waits.
final class Command implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandSpec spec;
    private @Nullable Action action;
    private int arguments;

    private Command(Terminal terminal, String name, String says) {
        this.terminal = terminal;
        this.spec = CommandSpec.wrapWithoutInspection(this).name(name);
        spec.addOption(help());
        spec.usageMessage().description(says).sortOptions(false);
    }

    static Command named(Terminal terminal, String name, String says) {
        return new Command(terminal, name, says);
    }

    /// Several commands below one word.
    static CommandSpec group(String name, String says, CommandSpec... commands) {
        var group = CommandSpec.create().name(name).addOption(help());
        group.usageMessage().description(says);
        for (var command : commands) {
            group.addSubcommand(command.name(), command);
        }
        return group;
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Shows this and does nothing else.")
                .build();
    }

    Command argument(String label, String says) {
        return positional(label, says, "1");
    }

    Command maybe(String label, String says) {
        return positional(label, says, "0..1");
    }

    private Command positional(String label, String says, String arity) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index(Integer.toString(arguments++))
                        .arity(arity)
                        .required(arity.equals("1"))
                        .paramLabel(label)
                        .type(String.class)
                        .description(says)
                        .build());
        return this;
    }

    /// Whatever is left, at least `least` of it.
    Command rest(String label, String says, int least) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index(arguments++ + "..*")
                        .arity(least + "..*")
                        .required(least > 0)
                        .paramLabel(label)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(says)
                        .build());
        return this;
    }

    Command option(String option, String label, String says) {
        return option(option, label, says, String.class);
    }

    Command number(String option, String says) {
        return option(option, "N", says, Long.class);
    }

    private Command option(String option, String label, String says, Class<?> type) {
        spec.addOption(
                OptionSpec.builder(option).paramLabel(label).type(type).description(says).build());
        return this;
    }

    Command flag(String option, String says) {
        spec.addOption(OptionSpec.builder(option).type(boolean.class).description(says).build());
        return this;
    }

    /// An option that may stand there several times.
    Command options(String option, String label, String says) {
        spec.addOption(
                OptionSpec.builder(option)
                        .paramLabel(label)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(says)
                        .build());
        return this;
    }

    /// The command whole, with the options that all have in common.
    CommandSpec does(Action what) {
        action = what;
        option("--namespace", "NAME", "Of the queue; AMQP calls it a virtual host. Default: /");
        flag("--json", "What the broker answers, unchanged.");
        option(
                "--url",
                "URL",
                "The broker's admin port. Default: SLUICE_URL, or " + Invocation.URL);
        option("--user", "NAME", "Default: SLUICE_USER, or guest");
        option("--password", "WORD", "Default: SLUICE_PASSWORD, or guest");
        return spec;
    }

    @Override
    public Integer call() {
        var what = action;
        assert what != null : "a command does something: " + spec.name();
        try (var call = new Invocation(spec.commandLine(), terminal)) {
            what.run(call);
            return ExitCode.OK;
        } catch (FailedException failed) {
            terminal.out().flush();
            terminal.err().println("sluice: " + failed.getMessage());
            return ExitCode.SOFTWARE;
        }
    }
}
