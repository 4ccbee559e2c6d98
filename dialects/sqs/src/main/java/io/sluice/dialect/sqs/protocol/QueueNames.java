package io.sluice.dialect.sqs.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a queue may be called here.
public final class QueueNames {
    static final String FIFO_SUFFIX = ".fifo";

    private static final int LENGTH_MAX = 80;
    private static final Pattern STANDARD = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern FIFO = Pattern.compile("[A-Za-z0-9_-]+\\.fifo");

    private QueueNames() {}

    /// Whether a queue of this name is, and must be, a FIFO queue.
    public static boolean isFifo(String name) {
        return name.endsWith(FIFO_SUFFIX);
    }

    /// Whether any queue could have the name.
    public static boolean isLegal(String name) {
        return name.length() <= LENGTH_MAX
                && (isFifo(name) ? FIFO : STANDARD).matcher(name).matches();
    }

    /// @param fifo what the queue is to be
    public static Optional<SqsError> check(String name, boolean fifo) {
        if (name.length() <= LENGTH_MAX && (fifo ? FIFO : STANDARD).matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                SqsError.invalid(
                        fifo
                                ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length."
                                : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"));
    }
}
