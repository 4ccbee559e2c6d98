package io.sluice.server;

import io.sluice.server.settings.SettingsManual;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `sluice settings`: prints the table of settings, as the manual has it or as a file to start from.
final class SettingsCommand {
    private SettingsCommand() {}

    static CommandSpec spec() {
        var yaml = OptionSpec.builder("--yaml").description("As a configuration file.").build();
        Callable<Integer> command =
                () -> {
                    boolean asYaml = yaml.getValue() != null && yaml.<Boolean>getValue();
                    System.out.print(asYaml ? SettingsManual.yaml() : SettingsManual.markdown());
                    return CommandLine.ExitCode.OK;
                };
        var spec = CommandSpec.wrapWithoutInspection(command);
        spec.mixinStandardHelpOptions(true).addOption(yaml);
        spec.usageMessage().description("Prints every setting with its default and meaning.");
        return spec;
    }
}
