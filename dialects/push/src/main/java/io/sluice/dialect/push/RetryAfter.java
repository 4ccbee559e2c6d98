package io.sluice.dialect.push;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// For how long an endpoint wants to be left alone: the header of that name.
final class RetryAfter {
    private static final long MAX_MILLIS = 24 * 60 * 60 * 1000L;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /// @param text seconds, or a date
    /// @return milliseconds, a day at most; empty when it says nothing that is understood
    static OptionalLong millis(String text, long nowMillis) {
        var value = text.strip();
        if (SECONDS.matcher(value).matches()) {
            return OptionalLong.of(Math.min(Long.parseLong(value) * 1000, MAX_MILLIS));
        }
        try {
            long at =
                    DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from).toEpochMilli();
            return OptionalLong.of(Math.clamp(at - nowMillis, 0, MAX_MILLIS));
        } catch (DateTimeException notOne) {
            return OptionalLong.empty();
        }
    }
}
