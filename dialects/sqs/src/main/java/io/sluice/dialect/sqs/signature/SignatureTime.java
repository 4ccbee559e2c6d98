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

    static Optional<SignatureTime> parse(String text) {
        try {
            return Optional.of(
                    new SignatureTime(
                            text,
                            LocalDateTime.parse(text, FORM)
                                    .toInstant(ZoneOffset.UTC)
                                    .toEpochMilli()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
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
