package io.sluice.broker.message;

import static io.sluice.broker.message.LetterHeaders.ATTEMPTS;
import static io.sluice.broker.message.LetterHeaders.ATTEMPT_LOG;
import static io.sluice.broker.message.LetterHeaders.ERROR_CODE;
import static io.sluice.broker.message.LetterHeaders.ERROR_TEXT;
import static io.sluice.broker.message.LetterHeaders.FIRST_FAILURE;
import static io.sluice.broker.message.LetterHeaders.LAST_FAILURE;
import static io.sluice.broker.message.LetterHeaders.REASON;
import static io.sluice.broker.message.LetterHeaders.SOURCE_OFFSET;
import static io.sluice.broker.message.LetterHeaders.SOURCE_PARTITION;
import static io.sluice.broker.message.LetterHeaders.SOURCE_QUEUE;
import static io.sluice.broker.message.LetterHeaders.SOURCE_TOPIC;

import io.sluice.broker.record.Header;
import io.sluice.broker.record.Records;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One record of any queue, looked at as a dead letter: what its headers say of its death, and where they say nothing, what its envelope remembers of it. Of a message
/// that never died all of that is empty.
///
/// Numbers and times that nobody knows are -1.
///
/// @param reason as AMQP's clients read it: `rejected`, `expired`, ...
/// @param code,text what its consumer said
/// @param sourceQueue where it died
/// @param firstMillis,lastMillis of its failures, wall clock
/// @param attemptLog JSON; empty when there is none
/// @param redriven how often it was moved back
/// @param publishedMillis its record's time
/// @param headers all that its record has
public record DeadLetterView(
        String reason,
        String code,
        String text,
        String sourceQueue,
        String sourceTopic,
        long sourcePartition,
        long sourceOffset,
        long firstMillis,
        long lastMillis,
        long attempts,
        String attemptLog,
        int redriven,
        long publishedMillis,
        @Nullable ByteBuffer key,
        @Nullable ByteBuffer body,
        List<Header> headers) {
    public DeadLetterView {
        headers = List.copyOf(headers);
    }

    /// @param record stands on it
    public static DeadLetterView of(Records record) {
        var headers = record.headers();
        var latest = latest(headers);
        return new DeadLetterView(
                text(headers, REASON)
                        .or(() -> latest.map(death -> death.reason().text()))
                        .orElse(""),
                text(headers, ERROR_CODE).orElse(""),
                text(headers, ERROR_TEXT).orElse(""),
                text(headers, SOURCE_QUEUE).or(() -> latest.map(Death::queue)).orElse(""),
                text(headers, SOURCE_TOPIC).orElse(""),
                number(headers, SOURCE_PARTITION),
                number(headers, SOURCE_OFFSET),
                orElse(time(headers, FIRST_FAILURE), latest),
                orElse(time(headers, LAST_FAILURE), latest),
                orCount(number(headers, ATTEMPTS), latest),
                text(headers, ATTEMPT_LOG).orElse(""),
                (int) LetterHeaders.redriven(headers),
                record.timestamp(),
                record.key(),
                record.value(),
                headers);
    }

    /// When it became what it is, as far as anybody knows.
    public long diedMillis() {
        return lastMillis >= 0 ? lastMillis : publishedMillis;
    }

    /// The value of the last header of that name, as text.
    public Optional<String> header(String name) {
        return text(headers, name);
    }

    private static Optional<Death> latest(List<Header> headers) {
        for (var header : headers) {
            var bytes = header.value();
            if (bytes != null && header.key().equals(Envelope.HEADER)) {
                try {
                    return Envelope.of(bytes)
                            .deaths()
                            .map(deaths -> deaths.latestFirst().getFirst());
                } catch (RuntimeException notOurs) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(List<Header> headers, String name) {
        for (var header : headers.reversed()) {
            var value = header.value();
            if (value != null && header.key().equals(name)) {
                return Optional.of(StandardCharsets.UTF_8.decode(value.duplicate()).toString());
            }
        }
        return Optional.empty();
    }

    /// Anybody may write headers of these names: what is no number is not known.
    private static long number(List<Header> headers, String name) {
        var text = text(headers, name);
        try {
            return text.isEmpty() ? -1 : Long.parseLong(text.get());
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static long time(List<Header> headers, String name) {
        var text = text(headers, name);
        try {
            return text.isEmpty() ? -1 : Math.max(-1, Instant.parse(text.get()).toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException _) {
            return -1;
        }
    }

    private static long orElse(long millis, Optional<Death> death) {
        return millis >= 0 ? millis : death.map(Death::firstMillis).orElse(-1L);
    }

    private static long orCount(long attempts, Optional<Death> death) {
        return attempts >= 0 ? attempts : death.map(Death::count).orElse(-1L);
    }
}
