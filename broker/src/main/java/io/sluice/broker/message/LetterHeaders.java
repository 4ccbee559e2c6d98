package io.sluice.broker.message;

import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a dead letter tells of its death, as record headers that people and programs of any dialect can read: text, numbers in decimal, times as ISO-8601 in
/// UTC. docs/mapping.md has the table.
///
/// The names that begin with `__dlq` are those of KIP-1191, by which Kafka's tools know the dead letters of share groups.
public final class LetterHeaders {
    /// What all of ours begin with.
    public static final String PREFIX = "x-sluice-";

    public static final String REASON = "x-sluice-reason";
    public static final String SOURCE_NAMESPACE = "x-sluice-source-namespace";
    public static final String SOURCE_TOPIC = "x-sluice-source-topic";
    public static final String SOURCE_PARTITION = "x-sluice-source-partition";
    public static final String SOURCE_OFFSET = "x-sluice-source-offset";
    public static final String SOURCE_QUEUE = "x-sluice-source-queue";
    public static final String SOURCE_DIALECT = "x-sluice-source-dialect";
    public static final String SOURCE_TIME = "x-sluice-source-time";
    public static final String ERROR_CODE = "x-sluice-error-code";
    public static final String ERROR_TEXT = "x-sluice-error-text";
    public static final String FIRST_FAILURE = "x-sluice-first-failure";
    public static final String LAST_FAILURE = "x-sluice-last-failure";
    public static final String ATTEMPTS = "x-sluice-attempts";
    public static final String ATTEMPT_LOG = "x-sluice-attempt-log";

    /// How often it was moved back. The only one that it keeps when it is.
    public static final String REDRIVEN = "x-sluice-redriven";

    public static final String KIP_TOPIC = "__dlq.errors.topic";
    public static final String KIP_PARTITION = "__dlq.errors.partition";
    public static final String KIP_OFFSET = "__dlq.errors.offset";
    public static final String KIP_GROUP = "__dlq.errors.group";
    public static final String KIP_DELIVERY_COUNT = "__dlq.errors.delivery.count";
    public static final String KIP_MESSAGE = "__dlq.errors.message";

    private static final Set<String> OURS =
            Set.of(
                    REASON,
                    SOURCE_NAMESPACE,
                    SOURCE_TOPIC,
                    SOURCE_PARTITION,
                    SOURCE_OFFSET,
                    SOURCE_QUEUE,
                    SOURCE_DIALECT,
                    SOURCE_TIME,
                    ERROR_CODE,
                    ERROR_TEXT,
                    FIRST_FAILURE,
                    LAST_FAILURE,
                    ATTEMPTS,
                    ATTEMPT_LOG,
                    REDRIVEN);
    private static final Set<String> KIP =
            Set.of(
                    KIP_TOPIC,
                    KIP_PARTITION,
                    KIP_OFFSET,
                    KIP_GROUP,
                    KIP_DELIVERY_COUNT,
                    KIP_MESSAGE);

    private static final Set<String> NUMBERS =
            Set.of(SOURCE_PARTITION, SOURCE_OFFSET, ATTEMPTS, REDRIVEN);

    /// Whose headers name the dialect of a message.
    private static final String SHARE_GROUP = "x-sluice-share-group";

    private static final String SQS_SENDER = "sqs-sender-id";

    private final List<Header> headers = new ArrayList<>();

    private LetterHeaders() {}

    /// Whether a letter has it from the broker.
    public static boolean isOne(String name) {
        return OURS.contains(name) || KIP.contains(name);
    }

    /// Whether it is one of [#isOne] under the broker's own name.
    public static boolean isOurs(String name) {
        return OURS.contains(name);
    }

    /// Whether it is a whole number.
    public static boolean isNumber(String name) {
        return NUMBERS.contains(name);
    }

    /// What a letter can go without where it would be too large.
    static boolean isDetail(String name) {
        return name.equals(ATTEMPT_LOG) || name.equals(ERROR_TEXT) || KIP.contains(name);
    }

    /// @param queue in which it died
    /// @param before what the message had, headers of an earlier death included
    static List<Header> of(
            Queue queue,
            Death.Reason reason,
            Circumstances circumstances,
            long publishedMillis,
            @Nullable Envelope envelope,
            List<Header> before) {
        var letter = new LetterHeaders();
        var history = circumstances.history();
        var code = code(history, before);
        var text = text(history, before);
        letter.add(REASON, reason.text());
        letter.add(SOURCE_NAMESPACE, queue.namespace());
        letter.addKnown(SOURCE_TOPIC, circumstances.topic());
        letter.addPlace(SOURCE_PARTITION, circumstances.partition());
        letter.addPlace(SOURCE_OFFSET, circumstances.offset());
        letter.add(SOURCE_QUEUE, queue.name());
        letter.addKnown(SOURCE_DIALECT, dialect(envelope, before));
        letter.addTime(SOURCE_TIME, publishedMillis);
        letter.addKnown(ERROR_CODE, code);
        letter.addKnown(ERROR_TEXT, text);
        if (!history.isEmpty()) {
            letter.addTime(FIRST_FAILURE, history.firstMillis());
            letter.addTime(LAST_FAILURE, history.lastMillis());
        }
        letter.add(ATTEMPTS, Long.toString(history.attempts()));
        letter.add(ATTEMPT_LOG, log(history));
        letter.add(REDRIVEN, Long.toString(redriven(before)));
        letter.addKnown(KIP_TOPIC, circumstances.topic());
        letter.addPlace(KIP_PARTITION, circumstances.partition());
        letter.addPlace(KIP_OFFSET, circumstances.offset());
        letter.add(KIP_GROUP, group(queue));
        letter.add(KIP_DELIVERY_COUNT, Long.toString(history.attempts()));
        letter.add(KIP_MESSAGE, !text.isEmpty() ? text : !code.isEmpty() ? code : reason.text());
        return letter.headers;
    }

    /// How often a message was moved back, as its headers say; 0 when they do not.
    public static long redriven(List<Header> headers) {
        var text = textOf(headers, REDRIVEN).orElse("");
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    static Header redriven(long times) {
        return header(REDRIVEN, Long.toString(times));
    }

    /// What its consumer said, or what the message itself says where he said nothing: AMQP clients cannot say why they reject, but may say it in a message
    /// that they send on.
    private static String code(FailureHistory history, List<Header> before) {
        return Failure.isPlain(history.code())
                ? textOf(before, ERROR_CODE).orElse(history.code())
                : history.code();
    }

    private static String text(FailureHistory history, List<Header> before) {
        return Failure.isPlain(history.code()) && history.text().isEmpty()
                ? textOf(before, ERROR_TEXT).orElse("")
                : history.text();
    }

    private static String dialect(@Nullable Envelope envelope, List<Header> before) {
        if (textOf(before, SQS_SENDER).isPresent()) {
            return "sqs";
        }
        return envelope == null ? "kafka" : envelope.properties() != null ? "amqp" : "";
    }

    private static String group(Queue queue) {
        var group = queue.attributes().get(SHARE_GROUP);
        return group == null ? queue.name() : JsonText.unquoted(group);
    }

    private static String log(FailureHistory history) {
        return history.latest().stream()
                .map(
                        attempt ->
                                "{\"at\":"
                                        + JsonText.quoted(time(attempt.atMillis()))
                                        + ",\"consumer\":"
                                        + JsonText.quoted(attempt.consumer())
                                        + ",\"code\":"
                                        + JsonText.quoted(attempt.code())
                                        + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Optional<String> textOf(List<Header> headers, String name) {
        for (var header : headers.reversed()) {
            var value = header.value();
            if (header.key().equals(name) && value != null) {
                return Optional.of(StandardCharsets.UTF_8.decode(value.duplicate()).toString());
            }
        }
        return Optional.empty();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private void add(String name, String text) {
        headers.add(header(name, text));
    }

    private void addKnown(String name, String text) {
        if (!text.isEmpty()) {
            add(name, text);
        }
    }

    private void addPlace(String name, long number) {
        if (number >= 0) {
            add(name, Long.toString(number));
        }
    }

    private void addTime(String name, long millis) {
        add(name, time(millis));
    }

    private static Header header(String name, String text) {
        return new Header(name, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
