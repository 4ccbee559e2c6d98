package io.sluice.server.settings;

/// The table of settings as people read it.
public final class SettingsManual {
    private static final String HEAD =
            """
            # Settings

            Every setting of `sluice serve` has one name and four places, the more particular winning:
            the command line (`--kafka-port 9093`), the environment (`SLUICE_KAFKA_PORT=9093`), a YAML
            file named by `--config` or `SLUICE_CONFIG` (`kafka-port: 9093`), the default. A wrong
            setting stops the start with one line and exit code 2.

            This page is what `sluice settings` prints; a test keeps it so. `sluice settings --yaml`
            prints a file to start from.

            | setting | variable | default | what may stand there | what it does |
            |---|---|---|---|---|
            """;

    private static final String LAUNCHER =
            """

            The launcher reads these itself, before there is a JVM:

            | option | variable | default | what it does |
            |---|---|---|---|
            | `--heap` | `SLUICE_HEAP` | `512m` | The most memory for Java objects, as the JVM's `-Xmx` takes it. Given before or after the command. |
            | | `SLUICE_JAVA_OPTS` | | More options for the JVM, separated by spaces. |
            | | `JAVA_HOME` | | Where to look first for a Java 25 or newer. |
            """;

    private SettingsManual() {}

    /// The page of the manual.
    public static String markdown() {
        var page = new StringBuilder(HEAD);
        for (var setting : SettingsTable.ALL) {
            page.append(
                    "| `%s` | `%s` | `%s` | %s | %s |\n"
                            .formatted(
                                    setting.option(),
                                    setting.variable(),
                                    setting.fallback(),
                                    setting.format().allowed(),
                                    setting.documentation()));
        }
        return page.append(LAUNCHER).toString();
    }

    /// A configuration file in which every setting stands with its default, commented out.
    public static String yaml() {
        var file = new StringBuilder("# Settings of sluice serve, each with its default.\n");
        for (var setting : SettingsTable.ALL) {
            file.append("\n# ")
                    .append(setting.documentation())
                    .append("\n# (")
                    .append(setting.format().allowed())
                    .append(")\n#")
                    .append(setting.name())
                    .append(": ")
                    .append(setting.fallback())
                    .append('\n');
        }
        return file.toString();
    }
}
