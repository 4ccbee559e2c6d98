package io.sluice.broker.policy;

import java.util.List;
import java.util.Optional;

/// What values a setting takes.
public sealed interface SettingKind {
    /// A whole number, both ends included.
    record Count(long min, long max) implements SettingKind {
        @Override
        public Optional<String> problem(String text) {
            return Numbers.problem(text, min, max, "a whole number");
        }

        @Override
        public String range() {
            return min + " to " + max;
        }
    }

    /// A time in milliseconds, both ends included.
    record Millis(long min, long max) implements SettingKind {
        @Override
        public Optional<String> problem(String text) {
            return Numbers.problem(text, min, max, "a number of milliseconds");
        }

        @Override
        public String range() {
            return min + " to " + max + " ms";
        }
    }

    /// A number with a fraction, both ends included.
    record Ratio(double min, double max) implements SettingKind {
        @Override
        public Optional<String> problem(String text) {
            try {
                double value = Double.parseDouble(text);
                return value >= min && value <= max
                        ? Optional.empty()
                        : Optional.of("must be " + range());
            } catch (NumberFormatException _) {
                return Optional.of("must be a number, " + range());
            }
        }

        @Override
        public String range() {
            return min + " to " + max;
        }
    }

    /// `true` or `false`.
    record Flag() implements SettingKind {
        @Override
        public Optional<String> problem(String text) {
            return text.equals("true") || text.equals("false")
                    ? Optional.empty()
                    : Optional.of("must be true or false");
        }

        @Override
        public String range() {
            return "true, false";
        }
    }

    /// One of some words.
    record Choice(List<String> words) implements SettingKind {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public Optional<String> problem(String text) {
            return words.contains(text)
                    ? Optional.empty()
                    : Optional.of("must be one of " + range());
        }

        @Override
        public String range() {
            return String.join(", ", words);
        }
    }

    /// Any text that is not longer; empty: as if it were not set.
    record Text(int charactersMax) implements SettingKind {
        @Override
        public Optional<String> problem(String text) {
            return text.length() <= charactersMax
                    ? Optional.empty()
                    : Optional.of("must have at most " + charactersMax + " characters");
        }

        @Override
        public String range() {
            return "at most " + charactersMax + " characters";
        }
    }

    /// Why a value is not one; empty when it is. Goes on from the setting's name: "must be ...".
    Optional<String> problem(String text);

    /// The values that it takes, for people.
    String range();
}
