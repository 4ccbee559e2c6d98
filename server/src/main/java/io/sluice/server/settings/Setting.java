package io.sluice.server.settings;

import java.util.Locale;

/// One row of the table of settings.
///
/// @param name words with hyphens between them; option, variable and key follow from it
/// @param format what may stand there
/// @param fallback the text that stands there when nobody says anything
/// @param documentation what it does, in one or two sentences
public record Setting<T>(String name, Format<T> format, String fallback, String documentation) {
    public Setting {
        assert name.matches("[a-z]+(-[a-z]+)*") : "a setting's name is words with hyphens: " + name;
    }

    /// As on the command line: `--kafka-port`.
    public String option() {
        return "--" + name;
    }

    /// As in the environment: `SLUICE_KAFKA_PORT`.
    public String variable() {
        return "SLUICE_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /// Reads what somebody gave.
    ///
    /// @throws WrongSettingException if the text is not allowed, naming the place it came from
    T read(Given given) {
        try {
            return format.parse().apply(given.text());
        } catch (IllegalArgumentException | ArithmeticException notAllowed) {
            throw new WrongSettingException(
                    "%s: \"%s\" is not %s"
                            .formatted(given.origin(), given.text(), format.allowed()),
                    notAllowed);
        }
    }
}
