package io.sluice.dialect.sqs.protocol;

import io.sluice.dialect.sqs.json.JsonReader;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a queue has under a name: settings, and what it tells of itself.
public enum QueueAttribute {
    DELAY_SECONDS("DelaySeconds", 0, 900, "0"),
    MAXIMUM_MESSAGE_SIZE("MaximumMessageSize", 1024, 1 << 20, "1048576"),
    MESSAGE_RETENTION_PERIOD("MessageRetentionPeriod", 60, 1_209_600, "345600"),
    RECEIVE_MESSAGE_WAIT_TIME_SECONDS("ReceiveMessageWaitTimeSeconds", 0, 20, "0"),
    VISIBILITY_TIMEOUT("VisibilityTimeout", 0, 43_200, "30"),
    POLICY("Policy", Form.JSON),
    REDRIVE_POLICY("RedrivePolicy", Form.REDRIVE),
    REDRIVE_ALLOW_POLICY("RedriveAllowPolicy", Form.REDRIVE_ALLOW),
    KMS_MASTER_KEY_ID("KmsMasterKeyId", Form.TEXT),
    KMS_DATA_KEY_REUSE_PERIOD_SECONDS("KmsDataKeyReusePeriodSeconds", 60, 86_400, ""),
    SQS_MANAGED_SSE_ENABLED("SqsManagedSseEnabled", "true", "false", "true"),
    FIFO_QUEUE("FifoQueue", "true", "false", "true"),
    CONTENT_BASED_DEDUPLICATION("ContentBasedDeduplication", "true", "false", "false"),
    DEDUPLICATION_SCOPE("DeduplicationScope", "queue", "messageGroup", "queue"),
    FIFO_THROUGHPUT_LIMIT("FifoThroughputLimit", "perQueue", "perMessageGroupId", "perQueue"),
    QUEUE_ARN("QueueArn", Form.READ_ONLY),
    APPROXIMATE_NUMBER_OF_MESSAGES("ApproximateNumberOfMessages", Form.READ_ONLY),
    APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE(
            "ApproximateNumberOfMessagesNotVisible", Form.READ_ONLY),
    APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED("ApproximateNumberOfMessagesDelayed", Form.READ_ONLY),
    CREATED_TIMESTAMP("CreatedTimestamp", Form.READ_ONLY),
    LAST_MODIFIED_TIMESTAMP("LastModifiedTimestamp", Form.READ_ONLY);

    private static final Map<String, QueueAttribute> BY_NAME =
            Arrays.stream(values())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    QueueAttribute::wireName, Function.identity()));

    private final String wireName;
    private final Form form;
    private final int least;
    private final int most;
    private final String first;
    private final String second;
    private final String byDefault;

    /// What values an attribute may have.
    private enum Form {
        RANGE,
        ONE_OF_TWO,
        TEXT,
        JSON,
        REDRIVE,
        REDRIVE_ALLOW,
        READ_ONLY
    }

    QueueAttribute(String wireName, Form form) {
        this(wireName, form, 0, 0, "", "", "");
    }

    QueueAttribute(String wireName, int least, int most, String byDefault) {
        this(wireName, Form.RANGE, least, most, "", "", byDefault);
    }

    QueueAttribute(String wireName, String first, String second, String byDefault) {
        this(wireName, Form.ONE_OF_TWO, 0, 0, first, second, byDefault);
    }

    QueueAttribute(
            String wireName,
            Form form,
            int least,
            int most,
            String first,
            String second,
            String byDefault) {
        this.wireName = wireName;
        this.form = form;
        this.least = least;
        this.most = most;
        this.first = first;
        this.second = second;
        this.byDefault = byDefault;
    }

    public static Optional<QueueAttribute> named(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    public String wireName() {
        return wireName;
    }

    /// What a queue has that was told nothing else; empty: nothing, and the attribute is not shown.
    public String byDefault() {
        return byDefault;
    }

    public boolean isOfFifoOnly() {
        return this == FIFO_QUEUE
                || this == CONTENT_BASED_DEDUPLICATION
                || this == DEDUPLICATION_SCOPE
                || this == FIFO_THROUGHPUT_LIMIT;
    }

    /// Whether it is what the queue tells, and nobody sets.
    public boolean isReadOnly() {
        return form == Form.READ_ONLY;
    }

    /// Whether `value` may be set. The empty value of what is none by default removes what was set.
    Optional<SqsError> check(String value) {
        return switch (form) {
            case RANGE ->
                    isInRange(value) || (value.isEmpty() && byDefault.isEmpty())
                            ? Optional.empty()
                            : invalid();
            case ONE_OF_TWO ->
                    value.equals(first) || value.equals(second) ? Optional.empty() : invalid();
            case TEXT -> Optional.empty();
            case JSON ->
                    value.isEmpty() || JsonReader.read(value).isPresent()
                            ? Optional.empty()
                            : invalid();
            case REDRIVE -> value.isEmpty() ? Optional.empty() : RedrivePolicy.parse(value).error();
            case REDRIVE_ALLOW ->
                    value.isEmpty() ? Optional.empty() : RedriveAllowPolicy.parse(value).error();
            case READ_ONLY -> Optional.of(SqsError.unknownAttribute(wireName));
        };
    }

    private boolean isInRange(String value) {
        try {
            var number = Long.parseLong(value);
            return least <= number && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private Optional<SqsError> invalid() {
        return Optional.of(SqsError.invalid("Invalid value for the parameter " + wireName + "."));
    }
}
