package io.sluice.engine.partition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads typed values out of settings that were validated at the door; an unreadable one can only come from another version of this
/// program, and then its default serves better than a partition that does not open.
record SettingsReader(Map<String, String> config) {
    long number(String name, long missing) {
        var text = config.get(name);
        if (text == null) {
            return missing;
        }
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException _) {
            return missing;
        }
    }

    double fraction(String name, double missing) {
        var text = config.get(name);
        if (text == null) {
            return missing;
        }
        try {
            return Double.parseDouble(text.trim());
        } catch (NumberFormatException _) {
            return missing;
        }
    }

    List<String> words(String name, String missing) {
        return Arrays.stream(config.getOrDefault(name, missing).split(","))
                .map(word -> word.trim().toLowerCase(Locale.ROOT))
                .toList();
    }

    Optional<Durability> durability(String name) {
        return switch (config.getOrDefault(name, "").trim().toLowerCase(Locale.ROOT)) {
            case "sync" -> Optional.of(Durability.SYNC);
            case "os" -> Optional.of(Durability.OS);
            default -> Optional.empty();
        };
    }
}
