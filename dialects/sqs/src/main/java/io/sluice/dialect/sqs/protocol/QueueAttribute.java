package io.sluice.dialect.sqs.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a queue has under a name: settings, and what it tells of itself.
public enum QueueAttribute {
    DELAY_SECONDS("DelaySeconds", new Kind.Range(0, 900), "0"),
    MAXIMUM_MESSAGE_SIZE("MaximumMessageSize", new Kind.Range(1024, 1 << 20), "1048576"),
    MESSAGE_RETENTION_PERIOD("MessageRetentionPeriod", new Kind.Range(60, 1_209_600), "345600"),
    RECEIVE_MESSAGE_WAIT_TIME_SECONDS("ReceiveMessageWaitTimeSeconds", new Kind.Range(0, 20), "0"),
    VISIBILITY_TIMEOUT("VisibilityTimeout", new Kind.Range(0, 43_200), "30"),
    POLICY("Policy", new Kind.Text(), ""),
    REDRIVE_POLICY("RedrivePolicy", new Kind.Redrive(), ""),
    REDRIVE_ALLOW_POLICY("RedriveAllowPolicy", new Kind.RedriveAllow(), ""),
    KMS_MASTER_KEY_ID("KmsMasterKeyId", new Kind.Text(), ""),
    KMS_DATA_KEY_REUSE_PERIOD_SECONDS(
            "KmsDataKeyReusePeriodSeconds", new Kind.Range(60, 86_400), ""),
    SQS_MANAGED_SSE_ENABLED("SqsManagedSseEnabled", new Kind.OneOf("true", "false"), "true"),
    FIFO_QUEUE("FifoQueue", new Kind.OneOf("true", "false"), "true"),
    CONTENT_BASED_DEDUPLICATION(
            "ContentBasedDeduplication", new Kind.OneOf("true", "false"), "false"),
    DEDUPLICATION_SCOPE("DeduplicationScope", new Kind.OneOf("queue", "messageGroup"), "queue"),
    FIFO_THROUGHPUT_LIMIT(
            "FifoThroughputLimit", new Kind.OneOf("perQueue", "perMessageGroupId"), "perQueue"),
    QUEUE_ARN("QueueArn", new Kind.ReadOnly(), ""),
    APPROXIMATE_NUMBER_OF_MESSAGES("ApproximateNumberOfMessages", new Kind.ReadOnly(), ""),
    APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE(
            "ApproximateNumberOfMessagesNotVisible", new Kind.ReadOnly(), ""),
    APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED(
            "ApproximateNumberOfMessagesDelayed", new Kind.ReadOnly(), ""),
    CREATED_TIMESTAMP("CreatedTimestamp", new Kind.ReadOnly(), ""),
    LAST_MODIFIED_TIMESTAMP("LastModifiedTimestamp", new Kind.ReadOnly(), "");

    private static final Map<String, QueueAttribute> BY_NAME =
            Arrays.stream(values())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    QueueAttribute::wireName, Function.identity()));

    private final String wireName;
    private final Kind kind;
    private final String byDefault;

    QueueAttribute(String wireName, Kind kind, String byDefault) {
        this.wireName = wireName;
        this.kind = kind;
        this.byDefault = byDefault;
    }

    /// What values an attribute may have.
    sealed interface Kind {
        record Range(int least, int most) implements Kind {}

        record OneOf(String first, String second) implements Kind {}

        record Text() implements Kind {}

        record Redrive() implements Kind {}

        record RedriveAllow() implements Kind {}

        record ReadOnly() implements Kind {}
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
        return kind instanceof Kind.ReadOnly;
    }

    /// Whether `value` may be set. The empty value of what is none by default removes what was set.
    Optional<SqsError> check(String value) {
        return switch (kind) {
            case Kind.Range(int least, int most) ->
                    isBetween(least, most, value) || (value.isEmpty() && byDefault.isEmpty())
                            ? Optional.empty()
                            : invalid();
            case Kind.OneOf(String first, String second) ->
                    value.equals(first) || value.equals(second) ? Optional.empty() : invalid();
            case Kind.Text() -> Optional.empty();
            case Kind.Redrive() ->
                    value.isEmpty() ? Optional.empty() : RedrivePolicy.parse(value).error();
            case Kind.RedriveAllow() ->
                    value.isEmpty() ? Optional.empty() : RedriveAllowPolicy.parse(value).error();
            case Kind.ReadOnly() -> Optional.of(SqsError.unknownAttribute(wireName));
        };
    }

    private static boolean isBetween(int least, int most, String value) {
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
