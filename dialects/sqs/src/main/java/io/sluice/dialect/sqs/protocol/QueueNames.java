package io.sluice.dialect.sqs.protocol;

import java.util.Optional;

/// What a queue may be called here.
public final class QueueNames {
    static final String FIFO_SUFFIX = ".fifo";

    private static final int LENGTH_MAX = 80;

    private QueueNames() {}

    /// Whether a queue of this name is, and must be, a FIFO queue.
    public static boolean isFifo(String name) {
        return name.endsWith(FIFO_SUFFIX);
    }

    /// Whether any queue could have the name.
    public static boolean isLegal(String name) {
        return isLegal(name, isFifo(name));
    }

    private static boolean isLegal(String name, boolean fifo) {
        int end = name.length() - (fifo ? FIFO_SUFFIX.length() : 0);
        if (end < 1 || name.length() > LENGTH_MAX || (fifo && !isFifo(name))) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = name.charAt(i);
            boolean letterOrDigit =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /// @param fifo what the queue is to be
    public static Optional<SqsError> check(String name, boolean fifo) {
        if (isLegal(name, fifo)) {
            return Optional.empty();
        }
        return Optional.of(
                SqsError.invalid(
                        fifo
                                ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length."
                                : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"));
    }
}
