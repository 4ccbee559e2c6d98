package io.sluice.dialect.sqs.signature;

import io.sluice.dialect.sqs.codec.RawRequest;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A signature, and the request that it is of.
public final class Signature {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final long NEVER_EXPIRES = -1;
    static final long EXPIRES_SECONDS_MAX = 7 * 24 * 60 * 60;

    private static final String SERVICE = "sqs";
    private static final long SKEW_MINUTES_MAX = 5;
    private static final long SKEW_MINUTES_MAX_PRESIGNED = 15;
    private static final long MINUTE_MILLIS = 60_000;

    private final RawRequest request;
    private final Scope scope;
    private final String signedHeaders;
    private final String signature;
    private final SignatureTime time;
    private final long expiresSeconds;

    /// @param signedHeaders their names, with semicolons
    /// @param expiresSeconds after the time, of presigned URLs; else [#NEVER_EXPIRES], and the time must be now
    Signature(
            RawRequest request,
            Scope scope,
            String signedHeaders,
            String signature,
            SignatureTime time,
            long expiresSeconds) {
        this.request = request;
        this.scope = scope;
        this.signedHeaders = signedHeaders;
        this.signature = signature;
        this.time = time;
        this.expiresSeconds = expiresSeconds;
    }

    /// Who claims to have signed, where, when and for what.
    public Scope scope() {
        return scope;
    }

    /// What is wrong with the signature, if anything.
    ///
    /// @param key of the secret that belongs to the access key, and of [#scope]
    public Optional<SqsError> verify(SigningKey key, long nowMillis) {
        return scopeError()
                .or(() -> timeError(nowMillis))
                .or(
                        () ->
                                isSignedBy(key)
                                        ? Optional.empty()
                                        : Optional.of(SignatureErrors.mismatch()));
    }

    private Optional<SqsError> scopeError() {
        if (!scope.service().equals(SERVICE)) {
            return mismatch("Credential should be scoped to correct service: 'sqs'. ");
        }
        if (!scope.terminator().equals(Scope.TERMINATOR)) {
            return mismatch(
                    "Credential should be scoped with a valid terminator: 'aws4_request', not '"
                            + scope.terminator()
                            + "'.");
        }
        if (!scope.date().equals(time.day())) {
            return mismatch(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s', from '%s'."
                            .formatted(scope.date(), time.day(), time.text()));
        }
        return List.of(signedHeaders.split(";", -1)).contains("host")
                ? Optional.empty()
                : mismatch("'Host' must be a 'SignedHeader' in the AWS Authorization.");
    }

    private Optional<SqsError> timeError(long nowMillis) {
        var presigned = expiresSeconds != NEVER_EXPIRES;
        var skew = presigned ? SKEW_MINUTES_MAX_PRESIGNED : SKEW_MINUTES_MAX;
        var now = SignatureTime.of(nowMillis);
        var latest = SignatureTime.of(nowMillis + skew * MINUTE_MILLIS);
        if (time.millis() > latest.millis()) {
            return mismatch(
                    "Signature not yet current: %s is still later than %s (%s + %d min.)"
                            .formatted(time.text(), latest.text(), now.text(), skew));
        }
        if (presigned) {
            var end = SignatureTime.of(time.millis() + expiresSeconds * 1000);
            return nowMillis <= end.millis()
                    ? Optional.empty()
                    : mismatch(
                            "Signature expired: %s is now later than %s (%s + %d seconds)"
                                    .formatted(
                                            now.text(), end.text(), time.text(), expiresSeconds));
        }
        var earliest = SignatureTime.of(nowMillis - skew * MINUTE_MILLIS);
        return time.millis() >= earliest.millis()
                ? Optional.empty()
                : mismatch(
                        "Signature expired: %s is now earlier than %s (%s - %d min.)"
                                .formatted(time.text(), earliest.text(), now.text(), skew));
    }

    private static Optional<SqsError> mismatch(String message) {
        return Optional.of(SignatureErrors.mismatch(message));
    }

    private boolean isSignedBy(SigningKey key) {
        var toSign =
                ALGORITHM
                        + "\n"
                        + time.text()
                        + "\n"
                        + scope.text()
                        + "\n"
                        + Hashes.sha256(canonicalRequest());
        var right = HexFormat.of().formatHex(key.sign(toSign));
        return MessageDigest.isEqual(
                right.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    /// The request in the one form in which it is signed. The path is encoded once more, as it is for all services but S3.
    private String canonicalRequest() {
        var canonical =
                new StringBuilder()
                        .append(request.method())
                        .append('\n')
                        .append(UriEncoding.encodePath(request.path()))
                        .append('\n')
                        .append(QueryParameters.of(request.query()).canonical())
                        .append('\n');
        for (var name : signedHeaders.split(";", -1)) {
            canonical
                    .append(name)
                    .append(':')
                    .append(request.header(name).strip().replaceAll(" +", " "))
                    .append('\n');
        }
        return canonical
                .append('\n')
                .append(signedHeaders)
                .append('\n')
                .append(Hashes.sha256(request.body()))
                .toString();
    }
}
