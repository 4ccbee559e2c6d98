package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.ErrorKind;
import io.sluice.dialect.sqs.protocol.QueueAddress;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.util.Optional;
import java.util.OptionalInt;

/// What many operations ask for in the same way.
///
/// @param path of the request, when it may name the queue; empty otherwise
record Parameters(Fields fields, String path) {
    static final String QUEUE_URL = "QueueUrl";

    QueueAddress queue() {
        var url = fields.text(QUEUE_URL);
        if (url == null || url.isEmpty()) {
            return QueueAddress.ofPath(path)
                    .orElseThrow(() -> new RefusedException(SqsError.missing(QUEUE_URL)));
        }
        return QueueAddress.of(url)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        new SqsError(
                                                ErrorKind.INVALID_ADDRESS,
                                                "The address "
                                                        + url
                                                        + " is not valid for this endpoint.")));
    }

    String required(String name) {
        var text = fields.text(name);
        if (text == null || text.isEmpty()) {
            throw new RefusedException(SqsError.missing(name));
        }
        return text;
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(fields.text(name));
    }

    /// A number within its range.
    ///
    /// @param reason what the client is told about one beyond
    OptionalInt within(String name, int least, int most, String reason) {
        var number = fields.integer(name);
        if (number == null) {
            return OptionalInt.empty();
        }
        if (number < least || number > most) {
            throw new RefusedException(SqsError.invalid(number, name, reason));
        }
        return OptionalInt.of(number.intValue());
    }

    /// A number within its range, which the client is told in the usual words.
    OptionalInt within(String name, int least, int most) {
        return within(
                name,
                least,
                most,
                "%s must be an integer between %d and %d.".formatted(name, least, most));
    }
}
