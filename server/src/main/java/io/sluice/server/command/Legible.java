package io.sluice.server.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/// Numbers and times as people read them.
final class Legible {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final long SECONDS_SHOWN_MAX = 120;
    private static final long MINUTES_SHOWN_MAX = 120;
    private static final long HOURS_SHOWN_MAX = 48;

    private Legible() {}

    /// With a comma between thousands.
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String duration(Duration length) {
        if (length.toMillis() < 1_000) {
            return length.toMillis() + " ms";
        }
        if (length.toSeconds() < SECONDS_SHOWN_MAX) {
            return length.toSeconds() + " s";
        }
        if (length.toMinutes() < MINUTES_SHOWN_MAX) {
            return length.toMinutes() + " min";
        }
        return length.toHours() < HOURS_SHOWN_MAX
                ? length.toHours() + " h"
                : length.toDays() + " days";
    }

    /// How far a moment is from now: `3 min ago`, `in 12 s`.
    static String distance(Instant moment, Instant now) {
        var gone = Duration.between(moment, now);
        if (gone.abs().toMillis() < 1_000) {
            return "now";
        }
        return gone.isNegative() ? "in " + duration(gone.negated()) : duration(gone) + " ago";
    }

    /// By the clock on the wall of whoever reads it.
    static String local(Instant moment, ZoneId zone) {
        return LOCAL.format(moment.atZone(zone));
    }

    /// @return empty: the text is no time
    static Optional<Instant> instant(String text) {
        try {
            return text.length() < "2026-01-01T00:00Z".length()
                    ? Optional.empty()
                    : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
