package io.sluice.dialect.sqs.queue;

import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.PolicyValues;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.QueuePart;
import io.sluice.dialect.sqs.message.HandleKey;
import io.sluice.dialect.sqs.message.ReceiptHandle;
import io.sluice.dialect.sqs.protocol.QueueAttributes;
import io.sluice.dialect.sqs.protocol.QueueNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A queue as SQS sees it, whoever declared it. What was never set has SQS's default.
///
/// Attributes are kept with the queue under their own names behind `sqs.`, tags behind `sqs-tag.`; [EngineAttributes] says what the broker makes of them.
public final class SqsQueue {
    static final String ATTRIBUTE = "sqs.";
    static final String TAG = "sqs-tag.";
    static final String MODIFIED = "sqs-modified";

    private final Queue queue;
    private final List<QueuePart> parts;
    private final QueueAttributes settings;
    private final HandleKey handleKey;

    /// @param parts partitions of its topic
    public SqsQueue(Queue queue, int parts) {
        this.queue = queue;
        this.parts = IntStream.range(0, most(parts)).mapToObj(queue::part).toList();
        this.settings = new QueueAttributes(stripped(queue, ATTRIBUTE), isFifo(queue));
        this.handleKey = new HandleKey(queue.id());
    }

    /// Whether it was made of just these. Catalogs hand on what did not change, so it need not be compared.
    @SuppressWarnings("ReferenceEquality") // see above
    boolean isOf(Queue other, int itsParts) {
        return queue == other && parts.size() == most(itsParts);
    }

    /// Handles can name so many.
    private static int most(int parts) {
        return Math.min(parts, ReceiptHandle.PARTS_MAX);
    }

    public Queue queue() {
        return queue;
    }

    public QueueAttributes settings() {
        return settings;
    }

    public String name() {
        return queue.name();
    }

    /// The part to which messages are sent. Of one that SQS created it is the only one.
    public QueuePart home() {
        return parts.getFirst();
    }

    /// One for each partition of its topic: a topic of Kafka's may have several.
    public List<QueuePart> parts() {
        return parts;
    }

    public HandleKey handleKey() {
        return handleKey;
    }

    public boolean isFifo() {
        return settings.fifo();
    }

    private static boolean isFifo(Queue queue) {
        return QueueNames.isFifo(queue.name());
    }

    /// When an attribute was set last, wall clock.
    public long modifiedMillis() {
        var set = queue.attributes().get(MODIFIED);
        return set == null ? queue.createdMillis() : Long.parseLong(set);
    }

    /// A tag that is a setting has the value that the setting has now, whoever has changed it since; taken away there, it is no tag any more.
    public Map<String, String> tags() {
        var tags = stripped(queue, TAG);
        var set = PolicyValues.ofArguments(queue.attributes());
        for (var setting : PolicySetting.values()) {
            tags.computeIfPresent(
                    setting.tag(),
                    (_, _) ->
                            set.given(setting)
                                    .map(value -> setting.isSecret() ? PolicySetting.HIDDEN : value)
                                    .orElse(null));
        }
        return tags;
    }

    private static Map<String, String> stripped(Queue queue, String prefix) {
        var found = new HashMap<String, String>();
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
