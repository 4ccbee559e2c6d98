package io.sluice.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The YAML file of settings: one flat mapping from setting names to plain values.
final class SettingsFile {
    private SettingsFile() {}

    /// Reads the file; the values are not checked yet.
    ///
    /// @throws WrongSettingException if it cannot be read, is not such a mapping, or has an unknown key
    static Map<String, Given> read(Path file) {
        var given = new HashMap<String, Given>();
        for (var entry : mapping(file).entrySet()) {
            var key = String.valueOf(entry.getKey());
            if (SettingsTable.ALL.stream().noneMatch(setting -> setting.name().equals(key))) {
                throw new WrongSettingException(
                        "%s: %s is not a setting; nearest is %s"
                                .formatted(file, key, nearest(key)));
            }
            given.put(key, new Given(String.valueOf(entry.getValue()), file + ": " + key));
        }
        return given;
    }

    private static Map<?, ?> mapping(Path file) {
        try {
            var settings = LoadSettings.builder().setLabel(file.toString()).build();
            return switch (new Load(settings).loadFromString(Files.readString(file))) {
                case null -> Map.of();
                case Map<?, ?> mapping -> mapping;
                case Object _ ->
                        throw new WrongSettingException(
                                file + ": should be lines of \"setting: value\"");
            };
        } catch (NoSuchFileException missing) {
            throw new WrongSettingException(file + ": no such file", missing);
        } catch (IOException unreadable) {
            throw new WrongSettingException(file + ": cannot be read: " + unreadable, unreadable);
        } catch (YamlEngineException malformed) {
            throw new WrongSettingException(oneLine(file, malformed), malformed);
        }
    }

    private static String oneLine(Path file, YamlEngineException malformed) {
        var message = String.valueOf(malformed.getMessage());
        return file
                + ": is not YAML: "
                + message.lines().map(String::strip).limit(3).collect(Collectors.joining(" "));
    }

    private static String nearest(String key) {
        return SettingsTable.ALL.stream()
                .map(Setting::name)
                .min(Comparator.comparingInt(name -> distance(key, name)))
                .orElseThrow();
    }

    /// Edits between two words (Levenshtein), enough to tell a slip of the finger.
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
