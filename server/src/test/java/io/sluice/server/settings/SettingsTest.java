package io.sluice.server.settings;

import static io.sluice.server.settings.SettingsTable.ADMIN_PORT;
import static io.sluice.server.settings.SettingsTable.ADVERTISED_ADDRESS;
import static io.sluice.server.settings.SettingsTable.DATA_DIR;
import static io.sluice.server.settings.SettingsTable.DURABILITY;
import static io.sluice.server.settings.SettingsTable.KAFKA_PORT;
import static io.sluice.server.settings.SettingsTable.MEMORY_BUDGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    @TempDir Path directory;

    @Test
    void withoutAnyWordTheDefaultsHold() {
        var settings = Settings.read(Map.of(), Map.of());

        assertThat(settings.of(KAFKA_PORT)).isEqualTo(9092);
        assertThat(settings.of(DATA_DIR)).isEqualTo(Path.of("./data"));
        assertThat(settings.of(DURABILITY)).isEqualTo(Durability.SYNC);
        assertThat(settings.shards()).isGreaterThanOrEqualTo(2);
        assertThat(settings.of(ADVERTISED_ADDRESS)).isEmpty();
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        var file = file("kafka-port: 1\nadmin-port: 1\ndurability: os\n");

        var settings =
                Settings.read(
                        Map.of("config", file.toString(), "kafka-port", "3"),
                        Map.of("SLUICE_KAFKA_PORT", "2", "SLUICE_ADMIN_PORT", "2"));

        assertThat(settings.of(KAFKA_PORT)).isEqualTo(3);
        assertThat(settings.of(ADMIN_PORT)).isEqualTo(2);
        assertThat(settings.of(DURABILITY)).isEqualTo(Durability.OS);
    }

    @Test
    void theEnvironmentMayNameTheFile() throws IOException {
        var file = file("kafka-port: 9193");

        var settings = Settings.read(Map.of(), Map.of("SLUICE_CONFIG", file.toString()));

        assertThat(settings.of(KAFKA_PORT)).isEqualTo(9193);
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        var settings = Settings.of(Map.of("config", file("# nothing\n").toString()));

        assertThat(settings.of(KAFKA_PORT)).isEqualTo(9092);
    }

    @ParameterizedTest
    @CsvSource({
        "kafka-port, 65536",
        "kafka-port, -1",
        "kafka-port, ninety",
        "durability, SYNC",
        "durability, perhaps",
        "shards, 0",
        "shards, many",
        "memory-budget, 1K",
        "memory-budget, 99999999999T",
        "memory-budget, 64MeB",
        "kafka-auto-create-topics, yes",
        "bind, 'two words'",
        "data-dir, ' '",
    })
    void aTextThatIsNotAllowedIsRefusedInOneLineThatNamesItsPlace(String name, String text) {
        assertThatThrownBy(() -> Settings.of(Map.of(name, text)))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith("--" + name + ": \"" + text + "\" is not ")
                .message()
                .hasLineCount(1);
    }

    @Test
    void aWrongVariableIsNamedAsTheVariable() {
        assertThatThrownBy(() -> Settings.read(Map.of(), Map.of("SLUICE_SHARDS", "x")))
                .isInstanceOf(WrongSettingException.class)
                .hasMessage("SLUICE_SHARDS: \"x\" is not auto or a whole number from 1 to 256");
    }

    @Test
    void twoOpenPortsDiffer() {
        assertThatThrownBy(() -> Settings.of(Map.of("kafka-port", "7", "admin-port", "7")))
                .isInstanceOf(WrongSettingException.class)
                .hasMessage("--kafka-port and --admin-port are both 7");
    }

    @Test
    void anyFreePortMayBeAskedForTwice() {
        var settings = Settings.of(Map.of("kafka-port", "0", "admin-port", "0"));

        assertThat(settings.of(ADMIN_PORT)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "16777216, 16777216",
        "64M, 67108864",
        "64MiB, 67108864",
        "1G, 1073741824",
        "16384K, 16777216"
    })
    void bytesMayBeWrittenWithUnits(String text, long bytes) {
        assertThat(Settings.of(Map.of("memory-budget", text)).of(MEMORY_BUDGET)).isEqualTo(bytes);
    }

    @Test
    void clientsAreToldTheAdvertisedAddress() {
        var settings = Settings.of(Map.of("advertised-address", "broker.example"));

        assertThat(settings.of(ADVERTISED_ADDRESS)).contains("broker.example");
    }

    @Test
    void withLittleMemoryRequestsMustBeSmaller() {
        assertThat(Settings.of(Map.of()).kafkaRequestBytesMax()).isEqualTo(100 << 20);
        assertThat(Settings.of(Map.of("memory-budget", "64MiB")).kafkaRequestBytesMax())
                .isEqualTo(32 << 20);
    }

    @Test
    void aRequestThatWouldTakeMoreThanHalfOfTheMemoryIsRefused() {
        var texts = Map.of("memory-budget", "64MiB", "kafka-request-bytes-max", "33MiB");

        assertThatThrownBy(() -> Settings.of(texts))
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(
                        "--kafka-request-bytes-max is more than half of --memory-budget, which is"
                                + " 67108864 bytes");
    }

    @Test
    void aMissingFileIsRefused() {
        var missing = directory.resolve("missing.yaml");

        assertThatThrownBy(() -> Settings.of(Map.of("config", missing.toString())))
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(missing + ": no such file");
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestName() throws IOException {
        var file = file("kafka-prot: 9092");

        assertThatThrownBy(() -> Settings.of(Map.of("config", file.toString())))
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(file + ": kafka-prot is not a setting; nearest is kafka-port");
    }

    @Test
    void aWrongValueInTheFileIsNamedByFileAndKey() throws IOException {
        var file = file("kafka-port: [9092]");

        assertThatThrownBy(() -> Settings.of(Map.of("config", file.toString())))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith(file + ": kafka-port: \"[9092]\" is not a port");
    }

    @ParameterizedTest
    @CsvSource({"just words", "'a: b: c'", "'[1, 2'", "'\t- x'", "'- a'"})
    void aFileThatIsNoMappingIsRefusedInOneLine(String text) throws IOException {
        var file = file(text);

        assertThatThrownBy(() -> Settings.of(Map.of("config", file.toString())))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith(file + ": ")
                .message()
                .hasLineCount(1);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("sluice.yaml"), text);
    }
}
