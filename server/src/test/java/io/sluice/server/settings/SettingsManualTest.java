package io.sluice.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both files are made by the command; when one of these fails, run it again.
final class SettingsManualTest {
    private static final Pattern COMMENTED = Pattern.compile("(?m)^#(?=[a-z])");

    @TempDir Path directory;

    /// `./sluice settings > docs/settings.md`
    @Test
    void theManualIsWhatTheTableSays() throws IOException {
        assertThat(Files.readString(Path.of("../docs/settings.md")))
                .isEqualTo(SettingsManual.markdown());
    }

    /// `./sluice settings --yaml > server/src/dist/conf/sluice.yaml.example`
    @Test
    void theExampleFileIsWhatTheTableSays() throws IOException {
        assertThat(Files.readString(Path.of("src/dist/conf/sluice.yaml.example")))
                .isEqualTo(SettingsManual.yaml());
    }

    @Test
    void theExampleFileWithoutItsCommentSignsSaysTheDefaults() throws IOException {
        var text = COMMENTED.matcher(SettingsManual.yaml()).replaceAll("");
        var file = Files.writeString(directory.resolve("all.yaml"), text);

        var fromFile = Settings.of(Map.of("config", file.toString()));

        var defaults = Settings.of(Map.of());
        assertThat(SettingsTable.ALL)
                .allSatisfy(
                        setting -> {
                            assertThat(text).contains("\n" + setting.name() + ": ");
                            assertThat((Object) fromFile.of(setting))
                                    .isEqualTo(defaults.of(setting));
                        });
    }
}
