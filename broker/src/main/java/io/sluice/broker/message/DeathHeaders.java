package io.sluice.broker.message;

import java.util.Set;

/// The record headers of a dead letter that say why it is one, values as UTF-8 text: readable for clients of every protocol.
public final class DeathHeaders {
    public static final String REASON = "x-sluice-reason";
    public static final String SOURCE_TOPIC = "x-sluice-source-topic";
    public static final String SOURCE_PARTITION = "x-sluice-source-partition";
    public static final String SOURCE_OFFSET = "x-sluice-source-offset";
    public static final String SOURCE_QUEUE = "x-sluice-source-queue";
    public static final String ERROR_CODE = "x-sluice-error-code";
    public static final String ERROR_TEXT = "x-sluice-error-text";

    /// Wall clock, milliseconds.
    public static final String FIRST_FAILURE = "x-sluice-first-failure";

    public static final String LAST_FAILURE = "x-sluice-last-failure";
    public static final String ATTEMPTS = "x-sluice-attempts";

    /// JSON: an array, the latest try last.
    public static final String ATTEMPT_LOG = "x-sluice-attempt-log";

    /// How often it was moved back. Stays when it is moved.
    public static final String REDRIVEN = "x-sluice-redriven";

    /// What is said of a death, and means nothing any more when the message lives again.
    public static final Set<String> OF_THE_DEATH =
            Set.of(
                    REASON,
                    SOURCE_TOPIC,
                    SOURCE_PARTITION,
                    SOURCE_OFFSET,
                    SOURCE_QUEUE,
                    ERROR_CODE,
                    ERROR_TEXT,
                    FIRST_FAILURE,
                    LAST_FAILURE,
                    ATTEMPTS,
                    ATTEMPT_LOG);

    private DeathHeaders() {}
}
