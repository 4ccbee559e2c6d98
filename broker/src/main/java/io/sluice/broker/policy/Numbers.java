package io.sluice.broker.policy;

import java.util.Optional;

/// Whole numbers within their range.
final class Numbers {
    private Numbers() {}

    static Optional<String> problem(String text, long min, long max, String what) {
        try {
            long value = Long.parseLong(text);
            return value >= min && value <= max
                    ? Optional.empty()
                    : Optional.of("must be " + min + " to " + max);
        } catch (NumberFormatException _) {
            return Optional.of("must be " + what + ", " + min + " to " + max);
        }
    }
}
