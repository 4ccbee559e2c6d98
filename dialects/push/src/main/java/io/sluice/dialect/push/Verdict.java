package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.Settlement;
import io.sluice.transport.http.HttpOutcome;
import io.sluice.transport.http.HttpOutcome.Answered;
import io.sluice.transport.http.HttpOutcome.Failed;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What a request's outcome means for its message and for those behind it. Pure.
///
/// @param outcome what becomes of the message
/// @param load what it tells about the endpoint
/// @param quietMillis for how long the endpoint wants no requests
record Verdict(Settlement.Outcome outcome, Load load, long quietMillis) {
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /// What an outcome tells about how much the endpoint can do.
    enum Load {
        FITS,
        TOO_MUCH,
        UNKNOWN
    }

    /// @param deadLetterCodes status codes that kill the message; none where a dead letter would be gone
    static Verdict of(HttpOutcome outcome, Set<Integer> deadLetterCodes, long nowMillis) {
        return switch (outcome) {
            case Answered answer -> of(answer, deadLetterCodes, nowMillis);
            case Failed failed -> of(failed);
        };
    }

    /// What went wrong; empty when nothing did.
    Optional<Failure> failure() {
        return switch (outcome) {
            case Settlement.Accepted _, Settlement.Extended _ -> Optional.empty();
            case Settlement.Rejected(Failure why) -> Optional.of(why);
            case Settlement.Released(boolean _, long _, Failure why) -> Optional.of(why);
        };
    }

    private static Verdict of(Answered answer, Set<Integer> deadLetterCodes, long nowMillis) {
        int status = answer.status();
        if (status / 100 == 2) {
            return new Verdict(Settlement.ACCEPTED, Load.FITS, 0);
        }
        var why = new Failure("http_" + status, text(answer));
        if (status == TOO_MANY || status == UNAVAILABLE) {
            return tooMuch(answer, why, nowMillis);
        }
        return deadLetterCodes.contains(status) || (status == GONE && !deadLetterCodes.isEmpty())
                ? new Verdict(new Settlement.Rejected(why), Load.FITS, 0)
                : new Verdict(again(why), status / 100 == 5 ? Load.UNKNOWN : Load.FITS, 0);
    }

    private static Verdict tooMuch(Answered answer, Failure why, long nowMillis) {
        var asked = answer.fields().get("retry-after");
        var millis = asked == null ? OptionalLong.empty() : RetryAfter.millis(asked, nowMillis);
        return millis.isPresent()
                ? new Verdict(
                        new Settlement.Released(true, millis.getAsLong(), why),
                        Load.TOO_MUCH,
                        millis.getAsLong())
                : new Verdict(again(why), Load.TOO_MUCH, 0);
    }

    /// A connection that had been kept too long says nothing about message or endpoint.
    private static Verdict of(Failed failed) {
        var why = new Failure(failed.cause().name().toLowerCase(Locale.ROOT), failed.text());
        return switch (failed.cause()) {
            case STALE -> new Verdict(new Settlement.Released(false, 0, why), Load.UNKNOWN, 0);
            case TIMEOUT -> new Verdict(again(why), Load.TOO_MUCH, 0);
            case UNKNOWN_HOST, REFUSED_ADDRESS, NOT_CONNECTED, TLS, LOST, MALFORMED_ANSWER ->
                    new Verdict(again(why), Load.UNKNOWN, 0);
        };
    }

    private static Settlement.Outcome again(Failure why) {
        return new Settlement.Released(true, Settlement.AS_POLICY, why);
    }

    private static String text(Answered answer) {
        var body = UTF_8.decode(answer.bodyStart().duplicate()).toString();
        var start =
                answer.status() / 100 == 3 && answer.fields().containsKey("location")
                        ? "redirects are not followed: " + answer.fields().get("location") + " "
                        : "";
        return (start + body.replaceAll("\\p{Cntrl}+", " ")).strip();
    }
}
