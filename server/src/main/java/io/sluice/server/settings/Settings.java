package io.sluice.server.settings;

import static io.sluice.server.settings.SettingsTable.ADMIN_PORT;
import static io.sluice.server.settings.SettingsTable.AMQP_MESSAGE_BYTES_MAX;
import static io.sluice.server.settings.SettingsTable.AMQP_PORT;
import static io.sluice.server.settings.SettingsTable.KAFKA_PORT;
import static io.sluice.server.settings.SettingsTable.KAFKA_REQUEST_BYTES_MAX;
import static io.sluice.server.settings.SettingsTable.MEMORY_BUDGET;
import static io.sluice.server.settings.SettingsTable.SHARDS;
import static io.sluice.server.settings.SettingsTable.SQS_PORT;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What holds for one run of the server: for every setting of the table the text that won, checked.
public final class Settings {
    /// The option and variable that name the file; not a row of the table, as a file cannot name itself.
    public static final String FILE_OPTION = "--config";

    static final String FILE_VARIABLE = "SLUICE_CONFIG";

    /// Kafka's own default.
    private static final long REQUEST_BYTES = 100L << 20;

    private static final long MESSAGE_BYTES = 128L << 20;

    private final Map<String, Given> given;

    private Settings(Map<String, Given> given) {
        this.given = Map.copyOf(given);
        SettingsTable.ALL.forEach(this::of);
        portsDiffer();
        aRequestFitsIntoTheMemory();
    }

    /// Reads all places, the more particular winning over the more general.
    ///
    /// @param commandLine texts by setting name; `config` names the file
    /// @param environment the process's variables; those that are no setting's are not looked at
    /// @throws WrongSettingException for the first thing that is not allowed
    public static Settings read(Map<String, String> commandLine, Map<String, String> environment) {
        var file =
                Optional.ofNullable(commandLine.get("config"))
                        .or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE)))
                        .map(name -> SettingsFile.read(Path.of(name)))
                        .orElse(Map.of());
        var winners = new HashMap<String, Given>();
        for (var setting : SettingsTable.ALL) {
            winners.put(setting.name(), winner(setting, commandLine, environment, file));
        }
        return new Settings(winners);
    }

    /// As [#read], from texts by setting name alone.
    public static Settings of(Map<String, String> texts) {
        return read(texts, Map.of());
    }

    /// The value that holds.
    public <T> T of(Setting<T> setting) {
        var text = given.get(setting.name());
        assert text != null : "every setting is a row of the table: " + setting.name();
        return setting.read(text);
    }

    /// The number of shards after `auto` is worked out.
    public int shards() {
        return of(SHARDS).orElse(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /// The size of the largest Kafka request after `auto` is worked out.
    public int kafkaRequestBytesMax() {
        var half = of(MEMORY_BUDGET) / 2;
        return Math.toIntExact(of(KAFKA_REQUEST_BYTES_MAX).orElse(Math.min(REQUEST_BYTES, half)));
    }

    /// The size of the largest message from an AMQP client after `auto` is worked out.
    public int amqpMessageBytesMax() {
        var half = of(MEMORY_BUDGET) / 2;
        return Math.toIntExact(of(AMQP_MESSAGE_BYTES_MAX).orElse(Math.min(MESSAGE_BYTES, half)));
    }

    private static Given winner(
            Setting<?> setting,
            Map<String, String> commandLine,
            Map<String, String> environment,
            Map<String, Given> file) {
        var typed = commandLine.get(setting.name());
        if (typed != null) {
            return new Given(typed, setting.option());
        }
        var exported = environment.get(setting.variable());
        if (exported != null) {
            return new Given(exported, setting.variable());
        }
        return file.getOrDefault(
                setting.name(), new Given(setting.fallback(), "default of " + setting.name()));
    }

    private void portsDiffer() {
        var owners = new HashMap<Integer, Setting<Integer>>();
        for (var setting : List.of(KAFKA_PORT, AMQP_PORT, SQS_PORT, ADMIN_PORT)) {
            var port = of(setting);
            var other = port == 0 ? null : owners.put(port, setting);
            if (other != null) {
                throw new WrongSettingException(
                        "%s and %s are both %d".formatted(other.option(), setting.option(), port));
            }
        }
    }

    /// Half of it, as a request needs a little room around it and is not to be alone.
    private void aRequestFitsIntoTheMemory() {
        fitsIntoTheMemory(kafkaRequestBytesMax(), KAFKA_REQUEST_BYTES_MAX);
        fitsIntoTheMemory(amqpMessageBytesMax(), AMQP_MESSAGE_BYTES_MAX);
    }

    private void fitsIntoTheMemory(int bytes, Setting<?> setting) {
        if (bytes > of(MEMORY_BUDGET) / 2) {
            throw new WrongSettingException(
                    "%s is more than half of %s, which is %d bytes"
                            .formatted(
                                    setting.option(), MEMORY_BUDGET.option(), of(MEMORY_BUDGET)));
        }
    }
}
