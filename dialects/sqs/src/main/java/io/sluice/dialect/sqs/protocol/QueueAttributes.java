package io.sluice.dialect.sqs.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A queue's settings: what was set, and the defaults behind it.
///
/// @param set by name, sound
public record QueueAttributes(Map<String, String> set, boolean fifo) {
    public QueueAttributes {
        set = Map.copyOf(set);
    }

    // ---- checks

    static final String KMS_KEY = QueueAttribute.KMS_MASTER_KEY_ID.wireName();
    static final String SSE = QueueAttribute.SQS_MANAGED_SSE_ENABLED.wireName();
    static final String FIFO = QueueAttribute.FIFO_QUEUE.wireName();

    /// Whether the attributes of a new queue make it a FIFO queue.
    public static boolean asksForFifo(Map<String, String> attributes) {
        return "true".equals(attributes.get(FIFO));
    }

    /// What may be wrong with the attributes of a new queue.
    public static Optional<SqsError> checkNew(Map<String, String> attributes) {
        var fifo = asksForFifo(attributes);
        return check(attributes, fifo)
                .or(() -> new QueueAttributes(Map.of(), fifo).checkBeside(attributes));
    }

    /// What may be wrong with new attributes of an old queue, whatever else it has.
    public static Optional<SqsError> checkChange(Map<String, String> attributes, boolean fifo) {
        return check(attributes, fifo)
                .or(
                        () ->
                                attributes.containsKey(FIFO) && !asksForFifo(attributes)
                                        ? Optional.of(
                                                new SqsError(
                                                        ErrorKind.INVALID_ATTRIBUTE_VALUE,
                                                        "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported."))
                                        : Optional.empty());
    }

    /// What may be wrong with the names of attributes that somebody wants to see.
    public static Optional<SqsError> checkNames(List<String> names) {
        return names.stream()
                .filter(name -> !name.equals("All") && QueueAttribute.named(name).isEmpty())
                .findFirst()
                .map(SqsError::unknownAttribute);
    }

    private static Optional<SqsError> check(Map<String, String> attributes, boolean fifo) {
        for (var entry : attributes.entrySet()) {
            var attribute = QueueAttribute.named(entry.getKey());
            if (attribute.isEmpty() || (attribute.get().isOfFifoOnly() && !fifo)) {
                return Optional.of(SqsError.unknownAttribute(entry.getKey()));
            }
            var wrong = attribute.get().check(entry.getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return !attributes.getOrDefault(KMS_KEY, "").isEmpty() && "true".equals(attributes.get(SSE))
                ? Optional.of(
                        new SqsError(
                                ErrorKind.INVALID_ATTRIBUTE_NAME,
                                "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE."))
                : Optional.empty();
    }

    // ---- a queue's

    /// What may be wrong with changes, sound in themselves, beside what the queue has: a throughput per group needs groups of which each deduplicates for itself.
    public Optional<SqsError> checkBeside(Map<String, String> changes) {
        boolean concerned =
                changes.containsKey(QueueAttribute.FIFO_THROUGHPUT_LIMIT.wireName())
                        || changes.containsKey(QueueAttribute.DEDUPLICATION_SCOPE.wireName());
        var changed = with(changes);
        return concerned && changed.isThroughputPerGroup() && !changed.deduplicatesPerGroup()
                ? Optional.of(SqsError.throughputNeedsScope())
                : Optional.empty();
    }

    /// What the queue has after sound changes: an empty value takes away, and one way of encryption ends the other.
    public QueueAttributes with(Map<String, String> changes) {
        var all = new LinkedHashMap<>(set);
        changes.forEach(
                (name, value) -> {
                    if (value.isEmpty()) {
                        all.remove(name);
                    } else {
                        all.put(name, value);
                    }
                });
        if (!changes.getOrDefault(KMS_KEY, "").isEmpty()) {
            all.put(SSE, "false");
        }
        if ("true".equals(changes.get(SSE))) {
            all.remove(KMS_KEY);
            all.remove(QueueAttribute.KMS_DATA_KEY_REUSE_PERIOD_SECONDS.wireName());
        }
        return new QueueAttributes(all, fifo);
    }

    /// A setting or its default; empty when there is neither.
    public Optional<String> value(QueueAttribute attribute) {
        if (attribute.isOfFifoOnly() && !fifo) {
            return Optional.empty();
        }
        var value = set.getOrDefault(attribute.wireName(), attribute.byDefault());
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private int number(QueueAttribute attribute) {
        return Integer.parseInt(value(attribute).orElseThrow());
    }

    public int delaySeconds() {
        return number(QueueAttribute.DELAY_SECONDS);
    }

    public int messageBytesMax() {
        return number(QueueAttribute.MAXIMUM_MESSAGE_SIZE);
    }

    public int retentionSeconds() {
        return number(QueueAttribute.MESSAGE_RETENTION_PERIOD);
    }

    public int receiveWaitSeconds() {
        return number(QueueAttribute.RECEIVE_MESSAGE_WAIT_TIME_SECONDS);
    }

    public int visibilitySeconds() {
        return number(QueueAttribute.VISIBILITY_TIMEOUT);
    }

    public boolean contentBasedDeduplication() {
        return value(QueueAttribute.CONTENT_BASED_DEDUPLICATION).equals(Optional.of("true"));
    }

    public boolean deduplicatesPerGroup() {
        return value(QueueAttribute.DEDUPLICATION_SCOPE).equals(Optional.of("messageGroup"));
    }

    private boolean isThroughputPerGroup() {
        return value(QueueAttribute.FIFO_THROUGHPUT_LIMIT).equals(Optional.of("perMessageGroupId"));
    }

    public Optional<RedrivePolicy> redrivePolicy() {
        return value(QueueAttribute.REDRIVE_POLICY)
                .map(text -> RedrivePolicy.parse(text).policy().orElseThrow());
    }

    public Optional<RedriveAllowPolicy> redriveAllowPolicy() {
        return value(QueueAttribute.REDRIVE_ALLOW_POLICY)
                .map(text -> RedriveAllowPolicy.parse(text).policy().orElseThrow());
    }

    /// The first attribute, if any, of which `wanted` says something else than the queue has: the queue is not created again then.
    public Optional<String> firstDifference(Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .filter(
                        entry ->
                                !QueueAttribute.named(entry.getKey())
                                        .flatMap(this::value)
                                        .orElse("")
                                        .equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
