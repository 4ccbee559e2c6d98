package io.sluice.dialect.sqs.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What may be wrong with a batch as a whole.
public final class BatchChecks {
    static final int ENTRIES_MAX = 10;
    public static final int BYTES_MAX = 1 << 20;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private BatchChecks() {}

    /// @param entryName what an entry is called in the Query protocol
    public static Optional<SqsError> ids(List<String> ids, String entryName) {
        if (ids.isEmpty()) {
            return Optional.of(
                    new SqsError(
                            ErrorKind.EMPTY_BATCH_REQUEST,
                            "There should be at least one " + entryName + " in the request."));
        }
        if (ids.size() > ENTRIES_MAX) {
            return Optional.of(
                    new SqsError(
                            ErrorKind.TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
                            "Maximum number of entries per request are %d. You have sent %d."
                                    .formatted(ENTRIES_MAX, ids.size())));
        }
        var seen = new HashSet<String>();
        for (var id : ids) {
            if (!ID.matcher(id).matches()) {
                return Optional.of(
                        new SqsError(
                                ErrorKind.INVALID_BATCH_ENTRY_ID,
                                "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."));
            }
            if (!seen.add(id)) {
                return Optional.of(
                        new SqsError(
                                ErrorKind.BATCH_ENTRY_IDS_NOT_DISTINCT, "Id " + id + " repeated."));
            }
        }
        return Optional.empty();
    }

    public static Optional<SqsError> bytes(long bytes) {
        return bytes <= BYTES_MAX
                ? Optional.empty()
                : Optional.of(
                        new SqsError(
                                ErrorKind.BATCH_REQUEST_TOO_LONG,
                                "Batch requests cannot be longer than %d bytes. You have sent %d bytes."
                                        .formatted(BYTES_MAX, bytes)));
    }
}
