package io.sluice.dialect.sqs.signature;

import io.sluice.dialect.sqs.codec.RawRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// When a request was signed.
///
/// @param text as `20260131T235959Z`
record SignatureTime(String text, long millis) {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /// By hand, as every request has one.
    static Optional<SignatureTime> parse(String text) {
        if (text.length() != 16 || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
            return Optional.empty();
        }
        try {
            var time =
                    LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 4, 6),
                            number(text, 6, 8),
                            number(text, 9, 11),
                            number(text, 11, 13),
                            number(text, 13, 15));
            return Optional.of(
                    new SignatureTime(text, time.toInstant(ZoneOffset.UTC).toEpochMilli()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                throw new DateTimeException("no digit: " + digit);
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }

    /// Of `X-Amz-Date`, or else of `Date`.
    static Optional<SignatureTime> ofHeaders(RawRequest request) {
        var own = request.header("x-amz-date");
        if (!own.isEmpty()) {
            return parse(own);
        }
        var date = request.header("date");
        try {
            return Optional.of(
                    of(
                            Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))
                                    .toEpochMilli()));
        } catch (DateTimeException e) {
            return parse(date);
        }
    }

    static SignatureTime of(long millis) {
        return new SignatureTime(
                LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC).format(FORM),
                millis);
    }

    String day() {
        return text.substring(0, 8);
    }
}
