package io.sluice.dialect.sqs.signature;

import java.util.Optional;

/// What a key signed for: `accessKey/date/region/service/aws4_request`.
///
/// @param date as `20260131`
public record Scope(
        String accessKey, String date, String region, String service, String terminator) {
    static final String TERMINATOR = "aws4_request";

    static Optional<Scope> of(String credential) {
        var parts = credential.split("/", -1);
        var n = parts.length;
        if (n < 5) {
            return Optional.empty();
        }
        // The four at the end are plain; an access key of one's own making may have slashes.
        var rest = parts[n - 4].length() + parts[n - 3].length() + parts[n - 2].length();
        var accessKey =
                credential.substring(0, credential.length() - rest - parts[n - 1].length() - 4);
        return accessKey.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Scope(
                                accessKey, parts[n - 4], parts[n - 3], parts[n - 2], parts[n - 1]));
    }

    /// The scope without whose it is.
    String text() {
        return date + "/" + region + "/" + service + "/" + terminator;
    }
}
