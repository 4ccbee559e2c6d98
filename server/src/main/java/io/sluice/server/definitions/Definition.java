package io.sluice.server.definitions;

import io.sluice.admin.json.JsonObject;
import java.util.Map;

/// One thing that shall be there.
///
/// @param wish all that the file says of it but its name
/// @param line where it begins, counted from 1
/// @param lines where each of its fields stands, by the field's name: of those inside too
record Definition(String name, JsonObject wish, int line, Map<String, Integer> lines) {
    Definition {
        lines = Map.copyOf(lines);
    }

    /// Where a mistake is: at the field that the sentence names first, or else at the beginning.
    int lineOf(String sentence) {
        return lines.entrySet().stream()
                .filter(
                        field ->
                                sentence.startsWith(field.getKey() + " ")
                                        || sentence.startsWith("'" + field.getKey() + "' "))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(line);
    }
}
