package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.SqsError;
import java.util.Optional;

/// Carries an error out of the reading of a request, within this package. A client's everyday mistake: no stack trace.
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SqsError error;

    RefusedException(SqsError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    SqsError error() {
        return error;
    }

    /// Goes on if nothing was found wrong.
    static void check(Optional<SqsError> wrong) {
        if (wrong.isPresent()) {
            throw new RefusedException(wrong.get());
        }
    }
}
