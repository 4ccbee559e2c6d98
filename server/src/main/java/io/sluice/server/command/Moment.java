package io.sluice.server.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// A point in time as it is typed: `2026-11-28T10:00:00Z`, or how long ago: `90s`, `15m`, `2h`, `3d`.
final class Moment {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,9})([smhd])");

    private Moment() {}

    /// @return empty: it is neither of them
    static Optional<Instant> of(String typed, Instant now) {
        var ago = AGO.matcher(typed);
        if (!ago.matches()) {
            return Legible.instant(typed);
        }
        long amount = Long.parseLong(ago.group(1));
        return Optional.of(
                now.minus(
                        switch (ago.group(2)) {
                            case "s" -> Duration.ofSeconds(amount);
                            case "m" -> Duration.ofMinutes(amount);
                            case "h" -> Duration.ofHours(amount);
                            default -> Duration.ofDays(amount);
                        }));
    }
}
