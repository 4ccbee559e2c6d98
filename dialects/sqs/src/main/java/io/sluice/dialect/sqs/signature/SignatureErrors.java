package io.sluice.dialect.sqs.signature;

import io.sluice.dialect.sqs.protocol.ErrorKind;
import io.sluice.dialect.sqs.protocol.SqsError;

/// What is said to those whose signature is none.
public final class SignatureErrors {
    private SignatureErrors() {}

    /// Nothing was signed.
    public static SqsError missing() {
        return new SqsError(
                ErrorKind.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
    }

    /// Nobody has this access key.
    public static SqsError unknownAccessKey() {
        return new SqsError(
                ErrorKind.INVALID_CLIENT_TOKEN_ID,
                "The security token included in the request is invalid.");
    }

    static SqsError incomplete(String message) {
        return new SqsError(ErrorKind.INCOMPLETE_SIGNATURE, message);
    }

    static SqsError mismatch(String message) {
        return new SqsError(ErrorKind.SIGNATURE_DOES_NOT_MATCH, message);
    }

    static SqsError mismatch() {
        return mismatch(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");
    }
}
