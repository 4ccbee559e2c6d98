package io.sluice.dialect.sqs.queue;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A queue as SQS sees it, whoever declared it. What was never set has SQS's default.
///
/// Attributes are kept with the queue under their own names behind `sqs.`, tags behind `sqs-tag.`; [EngineAttributes] says what the broker makes of them.
public record SqsQueue(Queue queue) {
    static final String ATTRIBUTE = "sqs.";
    static final String TAG = "sqs-tag.";
    private static final String FIFO_SUFFIX = ".fifo";
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final int NAME_MAX = 80;

    /// Whether SQS clients can see a queue of that name.
    public static boolean isLegal(String name) {
        var base =
                name.endsWith(FIFO_SUFFIX)
                        ? name.substring(0, name.length() - FIFO_SUFFIX.length())
                        : name;
        return name.length() <= NAME_MAX && LEGAL.matcher(base).matches();
    }

    public String name() {
        return queue.name();
    }

    /// Queues over a topic of several partitions are used by their first one only.
    public QueuePart part() {
        return queue.part(0);
    }

    public boolean isFifo() {
        return queue.name().endsWith(FIFO_SUFFIX);
    }

    /// What was set; empty when nothing was.
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(queue.attributes().get(ATTRIBUTE + name));
    }

    /// A number that was set, or its default.
    public int number(String name, int fallback) {
        return attribute(name).map(Integer::parseInt).orElse(fallback);
    }

    public boolean is(String name) {
        return attribute(name).map("true"::equals).orElse(false);
    }

    public int visibilitySeconds() {
        return number("VisibilityTimeout", 30);
    }

    public int delaySeconds() {
        return number("DelaySeconds", 0);
    }

    public int waitSeconds() {
        return number("ReceiveMessageWaitTimeSeconds", 0);
    }

    public int messageBytesMax() {
        return number("MaximumMessageSize", 1_048_576);
    }

    public int retentionSeconds() {
        return number("MessageRetentionPeriod", 345_600);
    }

    /// Whether a message's deduplication counts within its group only.
    public boolean deduplicatesByGroup() {
        return attribute("DeduplicationScope").map("messageGroup"::equals).orElse(false);
    }

    /// All that was set, by SQS's names.
    public Map<String, String> attributes() {
        return stripped(ATTRIBUTE);
    }

    public Map<String, String> tags() {
        return stripped(TAG);
    }

    private Map<String, String> stripped(String prefix) {
        var found = new TreeMap<String, String>();
        queue.attributes()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith(prefix)) {
                                found.put(name.substring(prefix.length()), value);
                            }
                        });
        return found;
    }
}
