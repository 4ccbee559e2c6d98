package io.sluice.server;

import io.sluice.server.settings.Setting;
import io.sluice.server.settings.Settings;
import io.sluice.server.settings.SettingsTable;
import io.sluice.server.settings.WrongSettingException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `sluice serve`: runs the broker until the process is told to stop.
final class ServeCommand {
    private ServeCommand() {}

    /// The command with one option per row of the table of settings.
    static CommandSpec spec() {
        var command =
                new Callable<Integer>() {
                    private CommandSpec spec = CommandSpec.create();

                    @Override
                    public Integer call() {
                        return run(spec.commandLine().getParseResult());
                    }
                };
        var spec = CommandSpec.wrapWithoutInspection(command);
        command.spec = spec;
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description("Runs the broker until SIGTERM or Ctrl-C.")
                .sortOptions(false);
        spec.addOption(
                option(
                        Settings.FILE_OPTION,
                        "A YAML file with settings. Options and SLUICE_... variables win over it."));
        for (var setting : SettingsTable.ALL) {
            spec.addOption(option(setting.option(), describe(setting)));
        }
        return spec;
    }

    private static OptionSpec option(String name, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel("VALUE")
                .description(description.replace("`", "").replace("%", "%%"))
                .build();
    }

    private static String describe(Setting<?> setting) {
        return setting.documentation() + " Default: " + setting.fallback();
    }

    private static int run(ParseResult parsed) {
        var startedMillis = ProcessStart.millis();
        try (var server = Server.start(Settings.read(typed(parsed), System.getenv()))) {
            Banner.print(System.out, server, System.currentTimeMillis() - startedMillis);
            var stop = new StopOnSignal(server);
            Runtime.getRuntime().addShutdownHook(stop);
            server.awaitEnd();
            return server.failed() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        } catch (WrongSettingException wrong) {
            System.err.println("sluice: " + wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        } catch (StartFailedException failed) {
            System.err.println("sluice: " + failed.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static Map<String, String> typed(ParseResult parsed) {
        var texts = new HashMap<String, String>();
        for (var option : parsed.matchedOptions()) {
            if (option.getValue() instanceof String text) {
                texts.put(option.longestName().substring("--".length()), text);
            }
        }
        return texts;
    }
}
