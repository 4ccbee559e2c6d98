package io.sluice.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The table in `docs/policies.md` is what the code says. To write it anew: `-Dsluice.regenerate=true`.
final class PolicyManualTest {
    private static final Path FILE = Path.of("../docs/policies.md");
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- /table -->\n";

    @Test
    void theManualIsWhatTheTableSays() throws IOException {
        var manual = Files.readString(FILE);
        int begin = manual.indexOf(BEGIN) + BEGIN.length();
        int end = manual.indexOf(END);
        if (Boolean.getBoolean("sluice.regenerate")) {
            Files.writeString(FILE, manual.substring(0, begin) + table() + manual.substring(end));
        } else {
            assertThat(manual.substring(begin, end)).isEqualTo(table());
        }
    }

    @Test
    void everyDefaultIsLegal() {
        for (var setting : PolicySetting.values()) {
            var problem = setting.kind().problem(setting.defaultText());
            assertThat(setting.defaultText().isEmpty() || problem.isEmpty())
                    .as(setting.text())
                    .isTrue();
        }
    }

    private static String table() {
        var table = new StringBuilder("| setting | values | default | |\n|---|---|---|---|\n");
        for (var setting : PolicySetting.values()) {
            table.append(
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    setting.text(),
                                    setting.kind().range(),
                                    setting.defaultText().isEmpty()
                                            ? ""
                                            : "`" + setting.defaultText() + "`",
                                    setting.documentation()));
        }
        return table.toString();
    }
}
