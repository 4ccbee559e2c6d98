package io.sluice.dialect.sqs.signature;

import io.sluice.dialect.sqs.codec.RawRequest;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.util.HashMap;
import java.util.Map;

/// What a request says about who sent it. Nothing of it has been verified.
public sealed interface Presented {
    record Unsigned() implements Presented {}

    record Malformed(SqsError error) implements Presented {}

    record Signed(Signature signature) implements Presented {}

    /// In a header, or in the query of a presigned URL.
    static Presented of(RawRequest request) {
        var authorization = request.header("authorization");
        if (!authorization.isEmpty()) {
            return ofHeader(request, authorization);
        }
        if (!request.query().contains("X-Amz-Algorithm=")) {
            return new Unsigned();
        }
        return ofQuery(request, QueryParameters.of(request.query()));
    }

    private static Presented ofHeader(RawRequest request, String authorization) {
        if (!authorization.startsWith(Signature.ALGORITHM)) {
            return malformed(
                    "Unsupported AWS 'algorithm': '" + authorization.split("[ ,]", 2)[0] + "'.");
        }
        var parts = parts(authorization.substring(Signature.ALGORITHM.length()));
        var wrong = new StringBuilder();
        for (var name : new String[] {"Credential", "Signature", "SignedHeaders"}) {
            if (parts.getOrDefault(name, "").isEmpty()) {
                wrong.append("Authorization header requires '")
                        .append(name)
                        .append("' parameter. ");
            }
        }
        var time = SignatureTime.ofHeaders(request);
        if (time.isEmpty()) {
            wrong.append(
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        if (!wrong.isEmpty()) {
            return malformed(wrong + "Authorization=" + redacted(authorization));
        }
        return signed(
                request,
                parts.getOrDefault("Credential", ""),
                parts.getOrDefault("SignedHeaders", ""),
                parts.getOrDefault("Signature", ""),
                time.get(),
                Signature.NEVER_EXPIRES);
    }

    /// What was sent but not the signature itself.
    private static String redacted(String authorization) {
        var signature = authorization.indexOf("Signature=");
        return signature < 0 ? authorization : authorization.substring(0, signature);
    }

    /// By name, of what is separated by commas and white space. One pass: every request has such a header.
    private static Map<String, String> parts(String text) {
        var parts = new HashMap<String, String>();
        int end;
        for (int at = 0; at < text.length(); at = end + 1) {
            end = at;
            while (end < text.length() && !separates(text.charAt(end))) {
                end++;
            }
            int equals = text.indexOf('=', at, end);
            if (equals > at) {
                parts.put(text.substring(at, equals), text.substring(equals + 1, end));
            }
        }
        return parts;
    }

    private static boolean separates(char c) {
        return c == ',' || Character.isWhitespace(c);
    }

    private static Presented ofQuery(RawRequest request, QueryParameters query) {
        var algorithm = query.value("X-Amz-Algorithm").orElse("");
        if (!algorithm.equals(Signature.ALGORITHM)) {
            return malformed("Unsupported AWS 'algorithm': '" + algorithm + "'.");
        }
        for (var name :
                new String[] {
                    "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"
                }) {
            if (query.value(name).orElse("").isEmpty()) {
                return malformed("AWS query-string parameters must include '" + name + "'.");
            }
        }
        var time = SignatureTime.parse(query.value("X-Amz-Date").orElseThrow());
        if (time.isEmpty()) {
            return malformed(
                    "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }
        var expires = seconds(query.value("X-Amz-Expires").orElse("900"));
        if (expires < 0 || expires > Signature.EXPIRES_SECONDS_MAX) {
            return malformed("X-Amz-Expires must be between 0 and 604800 seconds.");
        }
        return signed(
                request,
                query.value("X-Amz-Credential").orElseThrow(),
                query.value("X-Amz-SignedHeaders").orElseThrow(),
                query.value("X-Amz-Signature").orElseThrow(),
                time.get(),
                expires);
    }

    private static long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Presented signed(
            RawRequest request,
            String credential,
            String signedHeaders,
            String signature,
            SignatureTime time,
            long expiresSeconds) {
        var scope = Scope.of(credential);
        if (scope.isEmpty()) {
            return malformed(
                    "Credential must have at least 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '"
                            + credential
                            + "'");
        }
        return new Signed(
                new Signature(
                        request, scope.get(), signedHeaders, signature, time, expiresSeconds));
    }

    private static Presented malformed(String message) {
        return new Malformed(SignatureErrors.incomplete(message));
    }
}
